package obnam.server.account;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a client shows: a public id, by which its entry is found, and 32 random bytes, of which the server
/// keeps the hash only. Random bytes cannot be guessed, so a plain hash is enough; nothing is to be
/// stretched.
///
/// @param id 12 hexadecimal digits
/// @param secret 43 characters of base64url
public record Token(String id, String secret) {

    private static final Pattern FORM = Pattern.compile("obnam-([0-9a-f]{12})-([A-Za-z0-9_-]{43})");
    private static final int SECRET_LENGTH = 32;

    /// A new one.
    public static Token random(SecureRandom random) {
        byte[] id = new byte[6];
        byte[] secret = new byte[SECRET_LENGTH];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new Token(
                HexFormat.of().formatHex(id),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// @return empty if the text has not the form of a token
    public static Optional<Token> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new Token(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /// What the user is given.
    public String text() {
        return "obnam-" + id + "-" + secret;
    }

    /// SHA-256 of the secret, in hexadecimal.
    public String hash() {
        return HexFormat.of().formatHex(digest());
    }

    /// Whether `hash` is that of the secret. Takes the same time wherever they differ.
    public boolean hasHash(String hash) {
        return MessageDigest.isEqual(
                hash().getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                hash.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(secret.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "obnam-" + id;
    }
}
