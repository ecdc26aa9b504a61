/// The command line.
package obnam.cli;
