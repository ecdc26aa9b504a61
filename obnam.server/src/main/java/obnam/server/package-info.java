/// The program `obnam-server`.
package obnam.server;
