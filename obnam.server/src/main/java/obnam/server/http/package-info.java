/// The server's face to the network.
package obnam.server.http;
