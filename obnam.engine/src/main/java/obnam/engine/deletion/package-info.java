/// What backups and prunes tell each other: notices, and who relies on which packs. See docs/deletion.md.
package obnam.engine.deletion;
