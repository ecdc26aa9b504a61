package obnam.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

final class ErasableKeyTest {

    @Test
    void isErasedWhenDestroyed() {
        byte[] bytes = {1, 2, 3};
        ErasableKey key = new ErasableKey("AES", bytes);
        assertThat(key.getEncoded()).containsExactly(1, 2, 3).isNotSameAs(bytes);
        key.destroy();
        assertThat(bytes).containsOnly(0);
    }

    @Test
    void isNeitherShownNorWritten() throws Exception {
        ErasableKey key = new ErasableKey("AES", new byte[] {42});
        assertThat(key).hasToString("AES key");
        try (ObjectOutputStream stream = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> stream.writeObject(key)).isInstanceOf(NotSerializableException.class);
        }
    }
}
