/// Who may ask, and for what.
package obnam.server.account;
