/// What surrounds a store: one class for each concern, to be wrapped around one another.
package obnam.engine.store;
