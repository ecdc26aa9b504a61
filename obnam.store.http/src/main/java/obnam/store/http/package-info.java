/// A store on a server.
package obnam.store.http;
