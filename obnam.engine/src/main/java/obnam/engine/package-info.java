/// Repository format, index, backup, restore and check.
package obnam.engine;
