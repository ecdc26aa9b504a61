package obnam.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import obnam.api.LocalException;
import org.junit.jupiter.api.Test;

class OutputTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Output output(boolean json, boolean quiet) {
        return new Output(out, err, new Output.Mode(json, quiet, false));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void forPeopleThereIsNoJson() {
        Output output = output(false, false);
        output.json("x", fields -> fields.add("a", 1));
        output.result("result ü");
        output.summary("summary");
        output.note("note");
        output.warning("warning");

        assertThat(text(out)).isEqualTo("result ü\nsummary\n");
        assertThat(text(err)).isEqualTo("obnam: note\nobnam: warning\n");
    }

    @Test
    void quietLeavesResultsAndWarnings() {
        Output output = output(false, true);
        output.result("result");
        output.summary("summary");
        output.note("note");
        output.warning("warning");

        assertThat(text(out)).isEqualTo("result\n");
        assertThat(text(err)).isEqualTo("obnam: warning\n");
    }

    @Test
    void withJsonStandardOutputIsJsonLinesOnly() {
        Output output = output(true, false);
        output.result("result");
        output.summary("summary");
        output.json(
                "x",
                fields -> fields.add("text", "a\"\n\u001b")
                        .add("number", 7)
                        .add("fraction", 0.5)
                        .add("truth", true)
                        .add("list", List.of("a", "b"))
                        .addName("name", "ü".getBytes(StandardCharsets.UTF_8))
                        .addName("raw", new byte[] {(byte) 0xff})
                        .addNames("names", List.of(new byte[] {'a'}, new byte[] {(byte) 0xfe})));
        output.flush();

        assertThat(text(out))
                .isEqualTo("{\"message_type\":\"x\",\"text\":\"a\\\"\\n\\u001B\",\"number\":7,\"fraction\":0.5,"
                        + "\"truth\":true,\"list\":[\"a\",\"b\"],\"name\":\"ü\",\"raw\":\"\\\\xff\","
                        + "\"raw_base64\":\"/w==\",\"names\":[\"a\",\"\\\\xfe\"],"
                        + "\"names_base64\":[\"YQ==\",\"/g==\"]}\n");
    }

    @Test
    void theProgressLineIsClearedBeforeAnythingElse() {
        Output output = output(false, false);
        output.progress("one");
        output.progress("two");
        output.warning("w");
        output.clearLine();

        assertThat(text(err)).isEqualTo("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[Kobnam: w\n");
    }

    @Test
    void linesCannotSteerTheTerminal() {
        Output output = output(false, false);
        output.warning("a\u001b[2J\u009b\u202eb\nc\\n");

        assertThat(text(err)).isEqualTo("obnam: a\\x1b[2J\\u{9b}\\u{202e}b\\x0ac\\n\n");
    }

    @Test
    void aClosedStandardOutputIsToldApartFromAFullOne() {
        assertThatThrownBy(() -> failing("Broken pipe").flush()).isInstanceOf(ClosedOutputException.class);
        assertThatThrownBy(() -> failing("No space left on device").flush()).isInstanceOf(LocalException.class);
    }

    private Output failing(String message) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
        Output output = new Output(broken, err, Output.Mode.PLAIN);
        output.result("x");
        return output;
    }
}
