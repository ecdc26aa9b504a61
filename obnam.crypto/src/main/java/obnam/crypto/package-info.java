/// Key derivation from passphrases, and authenticated ciphers.
package obnam.crypto;
