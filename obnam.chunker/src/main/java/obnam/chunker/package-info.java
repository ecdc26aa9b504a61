/// Content-defined and fixed-size chunkers.
package obnam.chunker;
