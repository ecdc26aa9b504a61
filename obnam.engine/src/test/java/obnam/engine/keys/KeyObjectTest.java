package obnam.engine.keys;

import static obnam.engine.format.FixedRepository.rising;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import obnam.api.ChunkSizes;
import obnam.api.Cipher;
import obnam.api.DamageException;
import obnam.api.ObjectKind;
import obnam.api.UsageException;
import obnam.engine.Credential;
import obnam.engine.format.ByteWriter;
import obnam.engine.format.FixedRepository;
import obnam.engine.format.FrameRole;
import obnam.engine.format.Frames;
import obnam.engine.format.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sections 3.1 to 3.3 of the format, byte for byte.
final class KeyObjectTest {

    private static final byte[] ENCRYPTION = rising(0x11, 32);
    private static final byte[] MAC = rising(0x51, 32);
    private static final byte[] DIGEST = rising(0x91, 32);
    private static final Map<String, Long> PARAMETERS = Map.of("memoryKiB", 262_144L, "iterations", 3L);

    private static Credential credential(byte[] mac) {
        return new Credential(FixedRepository.ID, "", ENCRYPTION, mac);
    }

    private static Cipher wrap(int suite) {
        return FixedRepository.PROVIDERS.cipher(suite).create(ENCRYPTION);
    }

    private static byte[] encoded(int suite) {
        return KeyObject.encode(
                new KeyObject.Derivation("argon2id", PARAMETERS, rising(1, 32)),
                credential(MAC),
                rising(0xc0, 16),
                new KeyObject.Contents(FixedRepository.ring(), DIGEST),
                wrap(suite),
                suite,
                rising(0xe0, 24));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aKeyIsItsBytes(int suite) {
        Vectors.verify("key-suite-" + suite, encoded(suite));
    }

    @Test
    void theClearPartTellsHowToDerive() {
        String clear = "4f424e414d" + "4b" + "01" + "01" + "00000000" + "00000000"
                + HexFormat.of().formatHex(rising(1, 32)) + HexFormat.of().formatHex(rising(0xa0, 32))
                + HexFormat.of().formatHex(rising(0xc0, 16)) + "08617267" + "6f6e326964" + "02"
                + "0a697465726174696f6e73" + "03" + "096d656d6f72794b6942" + "808010" + "00" + "a804";
        assertThat(HexFormat.of().formatHex(encoded(1))).startsWith(clear);
        assertThat(encoded(1)).hasSize(clear.length() / 2 + 512 + 40 + 32);
    }

    @Test
    void whatWasSealedComesBack() {
        KeyObject key = KeyObject.decode(Vectors.read("key-suite-1"), "x");
        assertThat(key.deriver()).isEqualTo("argon2id");
        assertThat(key.parameters()).isEqualTo(PARAMETERS);
        assertThat(key.repository()).isEqualTo(FixedRepository.ID);
        assertThat(key.keyId()).isEqualTo(rising(0xc0, 16));
        assertThat(key.fits(credential(MAC))).isTrue();
        KeyObject.Contents contents = key.open(wrap(1), "x");
        assertThat(contents.configDigest()).isEqualTo(DIGEST);
        assertThat(contents.ring()).usingRecursiveComparison().isEqualTo(FixedRepository.ring());
    }

    @Test
    void anotherPassphraseShowsInTheMacAndDamageInTheName() {
        KeyObject key = KeyObject.decode(Vectors.read("key-suite-1"), "x");
        assertThat(key.fits(credential(rising(0x52, 32)))).isFalse();
    }

    @Test
    void everyBitIsUnderTheMac() {
        byte[] bytes = Vectors.read("key-suite-1");
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= (byte) (1 << i % 8);
            boolean believed;
            try {
                believed = KeyObject.decode(changed, "x").fits(credential(MAC));
            } catch (DamageException | UsageException e) {
                believed = false;
            }
            assertThat(believed).as("byte %d", i).isFalse();
        }
    }

    private static KeyObject.Contents opened(String fieldsHex) {
        byte[] plain = HexFormat.of().parseHex(fieldsHex);
        byte[] sealed = new byte[plain.length + Frames.OVERHEAD];
        byte[] associated = Frames.associatedData(1, ObjectKind.KEY, FrameRole.RING, FixedRepository.ID);
        wrap(1).seal(sealed, 0, associated, plain, 0, plain.length, sealed, 24);
        KeyObject key = KeyObject.decode(Vectors.read("key-suite-1"), "x");
        return new KeyObject(
                        key.header(),
                        key.repository(),
                        key.keyId(),
                        key.deriver(),
                        key.parameters(),
                        sealed,
                        key.authenticated(),
                        key.mac())
                .open(wrap(1), "x");
    }

    @Test
    void theRingMayHaveKeysOfLaterVersions() {
        String key = HexFormat.of().formatHex(rising(0, 32));
        KeyObject.Contents contents = opened("0124" + "ac02" + "63" + "05" + key + "82010107" + "0000");
        assertThat(contents.ring().entries()).hasSize(1);
        KeyRing.Entry entry = contents.ring().entries().getFirst();
        assertThat(entry.number()).isEqualTo(300);
        assertThat(entry.purpose()).isEqualTo(99);
        assertThat(entry.epoch()).isEqualTo(5);
        assertThat(contents.configDigest()).isEmpty();
    }

    @Test
    void ringsThatDoNotFitAreRefused() {
        String key = HexFormat.of().formatHex(rising(0, 32));
        for (String wrong : java.util.List.of(
                "0122" + "01" + "01" + "00" + key.substring(2),
                "0124" + "01" + "01" + "00" + key + "00",
                "021f" + key.substring(2),
                "0123" + "01" + "01" + "00" + key + "0001",
                "0123" + "01" + "01" + "00" + key + "02")) {
            assertThatThrownBy(() -> opened(wrong)).as(wrong).isInstanceOf(DamageException.class);
        }
        assertThatThrownBy(() -> opened("0501" + "00")).isInstanceOf(UsageException.class);
    }

    @Test
    void theNewestKeySealsAndAllOpen() {
        KeyRing.Entry old = new KeyRing.Entry(1, 1, 0, rising(0, 32));
        KeyRing.Entry newer = new KeyRing.Entry(9, 1, 1, rising(1, 32));
        KeyRing ring = new KeyRing(java.util.List.of(newer, old));
        assertThat(ring.newest(KeyPurpose.SEALING)).contains(newer);
        assertThat(ring.sealing(1)).contains(old);
        assertThat(ring.sealing(2)).isEmpty();
        assertThat(ring.newest(KeyPurpose.DATA_IDS)).isEmpty();
    }

    @Test
    void purposesHaveTheirNumbers() {
        assertThat(Arrays.stream(KeyPurpose.values()).map(KeyPurpose::number)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void secretsAreNotPrinted() {
        String ring = FixedRepository.ring().toString() + FixedRepository.ring().entries() + credential(MAC);
        String key = KeyObject.decode(encoded(1), "x").toString();
        assertThat(ring + key).doesNotContain("1010").doesNotContain("5152").doesNotContain("1112");
    }

    private static RepositoryConfig config() {
        return new RepositoryConfig(FixedRepository.ID, "gear", new ChunkSizes(1024, 4096, 16384), "hmac-sha-256", 2);
    }

    @Test
    void aConfigIsItsBytes() {
        String expected = "4f424e414d" + "43" + "01" + "00" + "00000000" + "00000000"
                + HexFormat.of().formatHex(rising(0xa0, 32)) + "0104" + "67656172" + "0207" + "8008" + "8020"
                + "808001" + "030c" + "686d61632d7368612d323536" + "0401" + "02";
        assertThat(HexFormat.of().formatHex(config().encode())).isEqualTo(expected);
        assertThat(RepositoryConfig.decode(config().encode())).isEqualTo(config());
    }

    private static byte[] config(String fields) {
        byte[] header = Arrays.copyOf(config().encode(), 48);
        return new ByteWriter(64)
                .raw(header)
                .raw(HexFormat.of().parseHex(fields))
                .toBytes();
    }

    @Test
    void configsThatDoNotFitAreRefused() {
        for (String wrong : java.util.List.of(
                "",
                "0203" + "010101",
                "0207" + "8020" + "8008" + "808001",
                "0208" + "8008" + "8020" + "808001" + "00",
                "0203" + "808008",
                "0121" + "61".repeat(33))) {
            assertThatThrownBy(() -> RepositoryConfig.decode(config(wrong)))
                    .as(wrong)
                    .isInstanceOf(DamageException.class);
        }
        assertThatThrownBy(() -> RepositoryConfig.decode(config("0501" + "00"))).isInstanceOf(UsageException.class);
    }
}
