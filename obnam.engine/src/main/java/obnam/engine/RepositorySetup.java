package obnam.engine;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import obnam.api.ChunkSizes;
import obnam.api.ChunkStore;
import obnam.api.Cipher;
import obnam.api.DamageException;
import obnam.api.KeyDeriver;
import obnam.api.MissingObjectException;
import obnam.api.NoRepositoryException;
import obnam.api.ObjectExistsException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.api.ObnamException;
import obnam.api.Providers;
import obnam.api.UsageException;
import obnam.api.WrongPassphraseException;
import obnam.engine.format.SealedObject;
import obnam.engine.keys.KeyObject;
import obnam.engine.keys.KeyRing;
import obnam.engine.keys.RepositoryConfig;

/// Makes repositories and turns passphrases into credentials.
public final class RepositorySetup {

    /// A reader tries at most so many KEY objects.
    static final int KEYS_TRIED = 32;

    private static final int ID_LENGTH = 32;
    private static final int KEY_ID_LENGTH = 16;
    private static final int SALT_LENGTH = 32;

    private RepositorySetup() {}

    /// What a new repository is to be like.
    ///
    /// @param keyDeriver name of the key derivation
    /// @param keyDeriverParameters its parameters; empty for its defaults
    /// @param chunker name of the chunker
    /// @param sizes its sizes
    /// @param hasher name of the hasher
    /// @param suite cipher suite
    public record SetupOptions(
            String keyDeriver,
            Map<String, Long> keyDeriverParameters,
            String chunker,
            ChunkSizes sizes,
            String hasher,
            int suite) {

        private static final ChunkSizes SIZES = new ChunkSizes(16 << 10, 64 << 10, 256 << 10);

        /// What is used when the user says nothing.
        public static SetupOptions defaults() {
            return new SetupOptions("argon2id", Map.of(), "gear", SIZES, "hmac-sha-256", 1);
        }

        /// The same with another key derivation.
        ///
        /// @param parameters empty for its defaults
        public SetupOptions withKeyDeriver(String name, Map<String, Long> parameters) {
            return new SetupOptions(name, parameters, chunker, sizes, hasher, suite);
        }

        /// The same with other chunks.
        public SetupOptions withChunker(String name, ChunkSizes newSizes) {
            return new SetupOptions(keyDeriver, keyDeriverParameters, name, newSizes, hasher, suite);
        }

        /// The same with another cipher suite.
        public SetupOptions withSuite(int newSuite) {
            return new SetupOptions(keyDeriver, keyDeriverParameters, chunker, sizes, hasher, newSuite);
        }
    }

    /// Which repository a store holds. Nothing of this is authenticated.
    ///
    /// @throws NoRepositoryException if there is none
    public static RepositoryId identify(ChunkStore store) {
        return RepositoryConfig.decode(readConfig(store)).repository();
    }

    static byte[] readConfig(ChunkStore store) {
        try {
            return store.get(ObjectName.CONFIG, RepositoryConfig.LIMIT);
        } catch (MissingObjectException e) {
            throw new NoRepositoryException(
                    "there is no repository", "the store has no config", "Make one with 'obnam init'", e);
        }
    }

    /// Makes a repository: KEY first, CONFIG last, so that whoever finds a CONFIG finds its KEY.
    ///
    /// @param passphrase in UTF-8; not kept, not changed
    /// @return what opens it without the passphrase
    /// @throws UsageException if there is a repository already; nothing was changed then
    public static Credential create(ChunkStore store, Providers providers, SetupOptions options, byte[] passphrase) {
        if (store.size(ObjectName.CONFIG).isPresent()) {
            throw alreadyThere();
        }
        KeyDeriver deriver = providers.keyDeriver(options.keyDeriver());
        Map<String, Long> parameters =
                options.keyDeriverParameters().isEmpty() ? deriver.defaults() : options.keyDeriverParameters();
        deriver.check(parameters, KeyDeriver.Purpose.CREATE);
        providers.hasher(options.hasher());
        SecureRandom random = new SecureRandom();
        RepositoryId id = RepositoryId.of(random(random, ID_LENGTH));
        byte[] config = new RepositoryConfig(id, options.chunker(), options.sizes(), options.hasher(), options.suite())
                .encode();
        KeyObject.Derivation derivation =
                new KeyObject.Derivation(options.keyDeriver(), parameters, random(random, SALT_LENGTH));
        Credential unnamed = derive(deriver, derivation, id, "", passphrase);
        byte[] encryption = unnamed.encryption();
        Cipher wrap = providers.cipher(options.suite()).create(encryption);
        Arrays.fill(encryption, (byte) 0);
        KeyObject.Contents contents = new KeyObject.Contents(
                KeyRing.random(random), SealedObject.sha256().digest(config));
        byte[] key = KeyObject.encode(
                derivation,
                unnamed,
                random(random, KEY_ID_LENGTH),
                contents,
                wrap,
                options.suite(),
                random(random, Cipher.NONCE_LENGTH));
        ObjectName keyName = SealedObject.name(ObjectKind.KEY, key, key.length);
        publish(store, keyName, key, config);
        return named(unnamed, keyName);
    }

    private static void publish(ChunkStore store, ObjectName keyName, byte[] key, byte[] config) {
        store.put(keyName, java.nio.ByteBuffer.wrap(key));
        store.barrier();
        try {
            store.put(ObjectName.CONFIG, java.nio.ByteBuffer.wrap(config));
        } catch (ObjectExistsException e) {
            store.delete(keyName);
            throw alreadyThere(e);
        }
        store.barrier();
        if (!Arrays.equals(readConfig(store), config)) {
            store.delete(keyName);
            throw alreadyThere();
        }
    }

    private static UsageException alreadyThere(Throwable... cause) {
        return new UsageException(
                "there is a repository already", "nothing was changed", "Use another place, or use that one", cause);
    }

    /// Finds the credential that a passphrase opens, trying each KEY object in turn.
    ///
    /// @param passphrase in UTF-8; not kept, not changed
    /// @throws WrongPassphraseException if it opens none
    public static Credential unlock(ChunkStore store, Providers providers, byte[] passphrase) {
        RepositoryId id = identify(store);
        List<ObjectName> names = new ArrayList<>();
        store.list(ObjectKind.KEY, info -> names.add(info.name()));
        List<ObnamException> unusable = new ArrayList<>();
        List<ObjectName> tried =
                names.stream().distinct().sorted().limit(KEYS_TRIED).toList();
        for (ObjectName name : tried) {
            try {
                Optional<Credential> credential = unlock(store, providers, id, name, passphrase);
                if (credential.isPresent()) {
                    return credential.get();
                }
            } catch (DamageException | UsageException e) {
                unusable.add(e); // another key may still open
            }
        }
        if (!unusable.isEmpty()) {
            throw unusable.getFirst();
        }
        throw new WrongPassphraseException(
                "wrong passphrase",
                "it opens none of the " + tried.size() + " keys of this repository",
                "Try again with the right one");
    }

    private static Optional<Credential> unlock(
            ChunkStore store, Providers providers, RepositoryId id, ObjectName name, byte[] passphrase) {
        KeyObject key = readKey(store, name);
        if (!key.repository().equals(id)) {
            return Optional.empty();
        }
        KeyDeriver deriver = providers.keyDeriver(key.deriver());
        deriver.check(key.parameters(), KeyDeriver.Purpose.OPEN);
        KeyObject.Derivation derivation = new KeyObject.Derivation(
                key.deriver(), key.parameters(), key.header().salt());
        Credential credential = derive(deriver, derivation, id, name.hex(), passphrase);
        if (key.fits(credential)) {
            return Optional.of(credential);
        }
        credential.erase();
        return Optional.empty();
    }

    private static Credential derive(
            KeyDeriver deriver, KeyObject.Derivation how, RepositoryId id, String keyName, byte[] passphrase) {
        byte[] derived = deriver.derive(passphrase, how.salt(), how.parameters(), KeyObject.DERIVED_LENGTH);
        byte[] encryption = Arrays.copyOfRange(derived, 0, Credential.KEY_LENGTH);
        byte[] mac = Arrays.copyOfRange(derived, Credential.KEY_LENGTH, derived.length);
        Arrays.fill(derived, (byte) 0);
        Credential credential = new Credential(id, keyName, encryption, mac);
        Arrays.fill(encryption, (byte) 0);
        Arrays.fill(mac, (byte) 0);
        return credential;
    }

    private static Credential named(Credential unnamed, ObjectName name) {
        Credential credential = new Credential(unnamed.repository(), name.hex(), unnamed.encryption(), unnamed.mac());
        unnamed.erase();
        return credential;
    }

    private static KeyObject readKey(ChunkStore store, ObjectName name) {
        byte[] bytes = store.get(name, KeyObject.LIMIT);
        SealedObject.verifyName(name, bytes);
        return KeyObject.decode(bytes, name);
    }

    /// Opens the KEY object that a credential names.
    static KeyObject.Contents openKey(ChunkStore store, Providers providers, Credential credential) {
        ObjectName name = new ObjectName(ObjectKind.KEY, credential.keyName());
        KeyObject key;
        try {
            key = readKey(store, name);
        } catch (MissingObjectException e) {
            throw stale(name, e);
        }
        if (!key.repository().equals(credential.repository()) || !key.fits(credential)) {
            throw stale(name);
        }
        byte[] encryption = credential.encryption();
        Cipher wrap = providers.cipher(key.header().suite()).create(encryption);
        Arrays.fill(encryption, (byte) 0);
        return key.open(wrap, name);
    }

    private static UsageException stale(ObjectName name, Throwable... cause) {
        return new UsageException(
                "the secrets file has an entry that no longer opens this repository",
                name.toString(),
                "Remove the entry, then run 'obnam init' with the passphrase",
                cause);
    }

    private static byte[] random(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
