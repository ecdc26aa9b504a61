package obnam.cli.command;

import java.util.ArrayList;
import java.util.List;
import obnam.api.UsageException;

/// Tags of snapshots, as users write them: several with commas between them.
final class Tags {

    private Tags() {}

    /// The tags of one argument.
    ///
    /// @throws UsageException if one is empty
    static List<String> of(RawText argument) {
        List<String> labels = List.of(argument.text().split(",", -1));
        if (labels.contains("")) {
            throw new UsageException("a tag is empty", argument.toString(), "Write tags with a comma between them");
        }
        return labels;
    }

    /// The tags of all arguments, each once.
    static List<String> of(List<RawText> arguments) {
        List<String> labels = new ArrayList<>();
        arguments.forEach(argument -> labels.addAll(of(argument)));
        return labels.stream().distinct().toList();
    }
}
