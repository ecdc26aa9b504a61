/// The hasher `hmac-sha-256`.
package obnam.hash;
