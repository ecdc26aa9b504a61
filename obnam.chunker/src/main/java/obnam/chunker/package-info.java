/// The chunkers `gear` and `fixed`.
package obnam.chunker;
