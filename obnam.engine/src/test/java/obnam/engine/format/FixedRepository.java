package obnam.engine.format;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import obnam.api.ChunkSizes;
import obnam.api.ChunkStore;
import obnam.api.Providers;
import obnam.engine.RepositoryId;
import obnam.engine.RepositorySettings;
import obnam.engine.TestProviders;
import obnam.engine.keys.KeyPurpose;
import obnam.engine.keys.KeyRing;
import obnam.engine.keys.RepositoryConfig;
import obnam.engine.repository.RepositoryContext;

/// A repository whose id, keys and randomness never change, so that tests can know every byte.
public final class FixedRepository {

    /// Where the tests find chunker, hasher and ciphers.
    public static final Providers PROVIDERS = TestProviders.all();

    /// The bytes a0, a1, a2 and so on.
    public static final RepositoryId ID = RepositoryId.of(rising(0xa0, 32));

    /// Cuts small files into several chunks.
    public static final ChunkSizes SIZES = new ChunkSizes(1 << 10, 4 << 10, 16 << 10);

    private FixedRepository() {}

    /// Random bytes that count up from 0 through all calls, modulo 251, so that they do not repeat in step with
    /// anything.
    public static final class CountingRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private int next;

        @Override
        public synchronized void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (next++ % 251);
            }
        }
    }

    /// `length` bytes that count up from `first`.
    public static byte[] rising(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    /// One key of each purpose: 32 times the byte 0x10, 0x20 and so on.
    public static KeyRing ring() {
        List<KeyRing.Entry> entries = new ArrayList<>();
        for (KeyPurpose purpose : KeyPurpose.values()) {
            byte[] key = new byte[KeyRing.KEY_LENGTH];
            Arrays.fill(key, (byte) (purpose.number() << 4));
            entries.add(new KeyRing.Entry(purpose.number(), purpose.number(), 0, key));
        }
        return new KeyRing(entries);
    }

    private static byte[] key(KeyPurpose purpose) {
        return ring().newest(purpose).orElseThrow().key();
    }

    /// Seals with one of the suites 1 and 2, and with counted randomness.
    public static Frames frames(int suite) {
        return new Frames(ID, ring(), PROVIDERS, new CountingRandom(), suite);
    }

    /// The open repository over a store.
    ///
    /// @param state absolute path of the state directory
    /// @param clock as the repository's times are told
    public static RepositoryContext context(ChunkStore store, String state, int threads, Clock clock) {
        return context(store, state, threads, new SecureRandom(), clock);
    }

    /// The open repository over a store, with counted randomness and a clock that stands.
    public static RepositoryContext countedContext(ChunkStore store, String state, int threads) {
        Clock clock = Clock.fixed(Instant.parse("2030-01-02T03:04:05.000000006Z"), ZoneOffset.UTC);
        return context(store, state, threads, new CountingRandom(), clock);
    }

    private static RepositoryContext context(
            ChunkStore store, String state, int threads, SecureRandom random, Clock clock) {
        var hashers = PROVIDERS.hasher("hmac-sha-256");
        return new RepositoryContext(
                store,
                new RepositoryConfig(ID, "gear", SIZES, "hmac-sha-256", 1),
                new Frames(ID, ring(), PROVIDERS, random, 1),
                new RepositoryContext.Hashers(
                        hashers.create(key(KeyPurpose.DATA_IDS)),
                        hashers.create(key(KeyPurpose.TREE_IDS)),
                        hashers.create(key(KeyPurpose.LIST_IDS))),
                PROVIDERS.chunker("gear").create(key(KeyPurpose.CHUNKER), SIZES),
                key(KeyPurpose.TREE_CUTS),
                random,
                new RepositorySettings(utf8(state), utf8(state + "/cache"), threads, "0.0-test", clock));
    }

    /// Text in UTF-8.
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
