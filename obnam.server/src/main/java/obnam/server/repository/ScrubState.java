package obnam.server.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import obnam.api.LocalException;
import obnam.server.account.Account;

/// How far the checking of a repository is: it goes on there after a stop.
///
/// @param begun when this round began; empty before the first
/// @param position the last object that was checked, as [obnam.api.ObjectName#toString]; empty at the beginning
/// @param checked objects of this round
/// @param damaged objects of this round that are damaged and could not be replaced, at most [#DAMAGED_LIMIT]
/// @param finished when the last whole round ended; empty before the first
/// @param verified objects that the last whole round found good
/// @param lastDamaged objects that the last whole round found damaged
public record ScrubState(
        String begun,
        String position,
        long checked,
        List<String> damaged,
        String finished,
        long verified,
        List<String> lastDamaged) {

    /// More damaged objects than these are counted, not named.
    public static final int DAMAGED_LIMIT = 1000;

    /// Nothing was ever checked.
    public static final ScrubState NONE = new ScrubState("", "", 0, List.of(), "", 0, List.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Copies the lists.
    public ScrubState {
        damaged = List.copyOf(damaged);
        lastDamaged = List.copyOf(lastDamaged);
    }

    /// What is known of a repository.
    public static ScrubState of(Repositories repositories, Account account, String name) {
        return read(file(repositories, account, name));
    }

    /// Where it is kept.
    public static Path file(Repositories repositories, Account account, String name) {
        return repositories.stateFolder(account, name).resolve("scrub.json");
    }

    /// Reads the file; what makes no sense counts as nothing, since it only costs another round.
    public static ScrubState read(Path file) {
        try {
            if (!Files.exists(file)) {
                return NONE;
            }
            JsonNode node = JSON.readTree(file.toFile());
            return new ScrubState(
                    node.path("begun").asText(),
                    node.path("position").asText(),
                    node.path("checked").asLong(),
                    names(node.path("damaged")),
                    node.path("finished").asText(),
                    node.path("verified").asLong(),
                    names(node.path("last-damaged")));
        } catch (IOException _) {
            return NONE;
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.forEach(each -> names.add(each.asText()));
        return names;
    }

    /// Keeps it in the file.
    public void write(Path file) {
        ObjectNode node = JSON.createObjectNode();
        node.put("begun", begun).put("position", position).put("checked", checked);
        node.put("finished", finished).put("verified", verified);
        ArrayNode now = node.putArray("damaged");
        damaged.forEach(now::add);
        ArrayNode last = node.putArray("last-damaged");
        lastDamaged.forEach(last::add);
        try {
            StateFiles.replace(file, JSON.writeValueAsBytes(node));
        } catch (IOException e) {
            throw new LocalException("the state of a check cannot be kept", file.toString(), "Check the disk", e);
        }
    }
}
