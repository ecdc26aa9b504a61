package obnam.cli.command;

import java.util.Optional;
import obnam.api.UsageException;
import obnam.cli.engine.OpenRepository;
import obnam.engine.Receipt;

/// What `--expect-head` asks for.
final class ExpectedHead {

    static final String USAGE = "fail if the record of a backup's receipt is not there";

    private ExpectedHead() {}

    /// Requires that the repository has the record, if the option was given.
    ///
    /// @param receipt as the user wrote it
    static void require(Optional<String> receipt, OpenRepository repository) {
        receipt.ifPresent(text -> repository.expect(Receipt.parse(text)
                .orElseThrow(() -> new UsageException(
                        "this is not the receipt of a backup",
                        text,
                        "Write it as backup shows it after head:, such as 1a2b3c4d-17-2c26b46b68ffc68f"))));
    }
}
