/// Value types, errors and the service interfaces that all other modules share.
package obnam.api;
