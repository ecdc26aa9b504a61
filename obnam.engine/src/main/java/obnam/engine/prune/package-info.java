/// Deletes what no snapshot needs any more, beside running backups and other prunes: docs/deletion.md,
/// section 5.
package obnam.engine.prune;
