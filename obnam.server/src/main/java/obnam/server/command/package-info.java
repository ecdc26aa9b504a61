/// The commands of obnam-server.
package obnam.server.command;
