/// Chunk ids: keyed hashes, many at once.
package obnam.hash;
