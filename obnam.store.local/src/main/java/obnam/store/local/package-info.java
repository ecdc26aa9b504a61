/// A store in a local directory.
package obnam.store.local;
