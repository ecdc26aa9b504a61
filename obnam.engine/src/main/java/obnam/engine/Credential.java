package obnam.engine;

import java.util.Arrays;

/// What opens one KEY object of a repository without the passphrase: the two keys that were derived from it.
///
/// Holds secrets: never printed, erased with [#erase] as soon as the repository is open.
public final class Credential {

    /// Length of each of the two keys in bytes.
    public static final int KEY_LENGTH = 32;

    private final RepositoryId repository;
    private final String keyName;
    private final byte[] encryption;
    private final byte[] mac;

    /// @param repository the repository it opens
    /// @param keyName hexadecimal name of the KEY object it opens
    /// @param encryption 32 bytes; copied
    /// @param mac 32 bytes; copied
    public Credential(RepositoryId repository, String keyName, byte[] encryption, byte[] mac) {
        if (encryption.length != KEY_LENGTH || mac.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a credential's keys have 32 bytes each");
        }
        this.repository = repository;
        this.keyName = keyName;
        this.encryption = encryption.clone();
        this.mac = mac.clone();
    }

    /// The repository it opens.
    public RepositoryId repository() {
        return repository;
    }

    /// Hexadecimal name of the KEY object it opens.
    public String keyName() {
        return keyName;
    }

    /// A copy of the key `encryption`, the caller's to erase.
    public byte[] encryption() {
        return encryption.clone();
    }

    /// A copy of the key `mac`, the caller's to erase.
    public byte[] mac() {
        return mac.clone();
    }

    /// Overwrites the keys with zeros.
    public void erase() {
        Arrays.fill(encryption, (byte) 0);
        Arrays.fill(mac, (byte) 0);
    }

    /// Says which, without the keys.
    @Override
    public String toString() {
        return "credential " + keyName + " of repository " + repository;
    }
}
