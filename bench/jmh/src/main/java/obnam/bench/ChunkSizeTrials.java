package obnam.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Tries several sizes of chunks on the same data: the arguments are the nominal sizes in KiB. Each line of standard
/// input is a file or directory to be backed up, onto what was backed up before; the answer is a line for each size,
/// with what [ChunkSizeTrial.Outcome] has. So whoever asks can change the data between two lines. An empty line
/// forgets what was backed up.
final class ChunkSizeTrials {

    private ChunkSizeTrials() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<ChunkSizeTrial> trials = List.of();
        ChunkSizeTrial.warmUp();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                trials.forEach(ChunkSizeTrial::close);
                trials = trials(arguments);
                continue;
            }
            for (ChunkSizeTrial trial : trials) {
                ChunkSizeTrial.Outcome o = trial.scan(Path.of(line));
                System.out.printf(
                        "%d %d %d %d %d %.3f%n",
                        o.bytes(), o.chunks(), o.newChunks(), o.newBytes(), o.stored(), o.seconds());
                System.out.flush();
            }
        }
        trials.forEach(ChunkSizeTrial::close);
    }

    private static List<ChunkSizeTrial> trials(String[] sizes) {
        List<ChunkSizeTrial> trials = new ArrayList<>();
        for (String size : sizes) {
            trials.add(new ChunkSizeTrial(Integer.parseInt(size) << 10));
        }
        return trials;
    }
}
