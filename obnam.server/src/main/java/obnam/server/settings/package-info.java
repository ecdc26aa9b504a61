/// Reads the server's files.
package obnam.server.settings;
