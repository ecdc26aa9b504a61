package obnam.cli.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DerivationRequestTest {

    private static final DerivationRequest REQUEST =
            new DerivationRequest("deriver", Map.of("a", 1L, "b", -2L), new byte[] {1, 2}, 64, new byte[] {0, -1, 3});

    @Test
    void comesBackAsItWasSent() {
        DerivationRequest again = DerivationRequest.decode(REQUEST.encode());
        assertThat(again.deriver()).isEqualTo("deriver");
        assertThat(again.parameters()).isEqualTo(REQUEST.parameters());
        assertThat(again.salt()).isEqualTo(REQUEST.salt());
        assertThat(again.length()).isEqualTo(64);
        assertThat(again.passphrase()).isEqualTo(REQUEST.passphrase());
    }

    @Test
    void theLongestPassphraseFits() {
        byte[] passphrase = new byte[64 << 10];
        byte[] message = new DerivationRequest("deriver", Map.of(), new byte[32], 64, passphrase).encode();
        assertThat(message.length).isLessThanOrEqualTo(DerivationRequest.LIMIT);
        assertThat(DerivationRequest.decode(message).passphrase()).hasSize(64 << 10);
    }

    @Test
    void aMessageThatIsCutOffOrSenselessIsRefused() {
        byte[] message = REQUEST.encode();
        assertThatThrownBy(() -> DerivationRequest.decode(Arrays.copyOf(message, 20)))
                .isInstanceOf(IllegalArgumentException.class);
        Arrays.fill(message, (byte) -1);
        assertThatThrownBy(() -> DerivationRequest.decode(message)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePassphraseIsErasedAndNeverPrinted() {
        DerivationRequest request =
                new DerivationRequest("deriver", Map.of(), new byte[0], 64, new byte[] {'x', 'y', 'z'});
        assertThat(request.toString()).doesNotContain("xyz").doesNotContain("120");
        request.erase();
        assertThat(request.passphrase()).containsOnly(0);
    }
}
