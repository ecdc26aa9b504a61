/// An explicit-state exploration of the deletion protocol of docs/deletion.md.
package model;
