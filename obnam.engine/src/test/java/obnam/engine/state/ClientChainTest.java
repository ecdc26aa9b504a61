package obnam.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Head;
import obnam.engine.format.ChainLink;
import obnam.engine.format.LogRecord;
import obnam.engine.format.OtherRecord;
import obnam.engine.format.RemovalRecord;
import obnam.posix.FileNames;
import obnam.posix.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientChainTest {

    @TempDir
    Path folder;

    private ClientChain open() {
        return ClientChain.open(FileNames.of(folder.toString()), new SecureRandom());
    }

    private static ObjectName name(int number) {
        return new ObjectName(ObjectKind.SNAPSHOT, "%064x".formatted(number));
    }

    private static LogRecord record(String chain, long number, Optional<ObjectName> before, ObjectName name) {
        return new OtherRecord(name, new ChainLink(chain, number, before, List.of()));
    }

    /// Writes records 0 to `last` of a new chain.
    private String chainUpTo(int last) {
        try (ClientChain chain = open()) {
            for (int i = 0; i <= last; i++) {
                ChainLink link = chain.next();
                assertThat(link.number()).isEqualTo(i);
                chain.advance(new Head(chain.id(), i, name(i)));
            }
            return chain.id();
        }
    }

    private KnownHeads known() {
        return KnownHeads.read(FileNames.of(folder.toString()));
    }

    @Test
    void eachRecordNamesTheOneBefore() {
        String id = chainUpTo(1);
        try (ClientChain chain = open()) {
            assertThat(chain.next()).isEqualTo(new ChainLink(id, 2, Optional.of(name(1)), List.of()));
        }
        assertThat(known().own()).contains(new Head(id, 1, name(1)));
    }

    @Test
    void aRecordThatWasPutButNotNotedIsTakenUp() {
        String id = chainUpTo(1);
        try (ClientChain chain = open()) {
            chain.observe(List.of(record(id, 2, Optional.of(name(1)), name(2))));
            assertThat(chain.next()).isEqualTo(new ChainLink(id, 3, Optional.of(name(2)), List.of()));
        }
    }

    @Test
    void whatTheStoreContradictsStartsANewChainThatNamesTheOldOne() {
        for (List<LogRecord> contradiction : contradictions()) {
            String id = known().chain().orElseGet(() -> chainUpTo(1));
            try (ClientChain chain = open()) {
                chain.observe(contradiction.stream()
                        .map(record -> inChain(record, id))
                        .toList());
                assertThat(chain.id()).isNotEqualTo(id);
                assertThat(chain.next().number()).isZero();
                assertThat(chain.next().before()).isEmpty();
                assertThat(chain.next().heads()).extracting(Head::chain).contains(id);
            }
            assertThat(known().chain()).isPresent().isNotEqualTo(Optional.of(id));
            try (ClientChain chain = open()) {
                chain.advance(new Head(chain.id(), 0, name(0)));
                chain.advance(new Head(chain.id(), 1, name(1)));
            }
        }
    }

    /// Of a chain whose newest known record is number 1.
    private static List<List<LogRecord>> contradictions() {
        LogRecord next = record("", 2, Optional.of(name(1)), name(2));
        LogRecord afterNext = record("", 3, Optional.of(name(2)), name(3));
        LogRecord sameNumber = record("", 1, Optional.of(name(0)), name(9));
        LogRecord otherwiseLinked = record("", 2, Optional.of(name(9)), name(2));
        ChainLink elsewhere = new ChainLink("b".repeat(32), 0, Optional.empty(), List.of(new Head("", 2, name(2))));
        LogRecord told = new OtherRecord(name(7), elsewhere);
        ChainLink forgetter = new ChainLink("b".repeat(32), 0, Optional.empty(), List.of());
        LogRecord.Author author = new LogRecord.Author(new Timestamp(0, 0), "", "", "");
        LogRecord forgotten = new RemovalRecord(
                name(8), forgetter, author, false, List.of(), List.of(new RemovalRecord.Range("", 0, 5)));
        return List.of(
                List.of(next, afterNext),
                List.of(sameNumber),
                List.of(otherwiseLinked),
                List.of(told),
                List.of(forgotten));
    }

    /// Puts the id of the chain where the record above has none.
    private static LogRecord inChain(LogRecord record, String id) {
        ChainLink link = record.link();
        ChainLink with = new ChainLink(
                link.chain().isEmpty() ? id : link.chain(),
                link.number(),
                link.before(),
                link.heads().stream()
                        .map(head -> new Head(id, head.number(), head.name()))
                        .toList());
        return record instanceof RemovalRecord removal
                ? new RemovalRecord(
                        record.name(),
                        with,
                        removal.author(),
                        false,
                        List.of(),
                        removal.ranges().stream()
                                .map(range -> new RemovalRecord.Range(id, range.first(), range.last()))
                                .toList())
                : new OtherRecord(record.name(), with);
    }

    @Test
    void headsOfOtherChainsAreRememberedAndOnlyTheNewestAreNamed() {
        List<LogRecord> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.add(record("%032x".formatted(i), 3, Optional.empty(), name(i)));
        }
        records.add(record("%032x".formatted(5), 2, Optional.empty(), name(500)));
        try (ClientChain chain = open()) {
            chain.observe(records);
            assertThat(chain.next().heads())
                    .hasSize(ChainLink.HEADS_LIMIT)
                    .extracting(Head::chain)
                    .isSorted()
                    .contains("%032x".formatted(99));
        }
        assertThat(known().others()).hasSize(100).contains(new Head("%032x".formatted(5), 3, name(5)));
    }

    @Test
    void aStateThatCannotBeUnderstoodStartsANewChain() throws IOException {
        for (String text : List.of("", "x", "zz 1 y\n", "a".repeat(31) + " 1 " + "b".repeat(64))) {
            Files.writeString(folder.resolve("chain"), text);
            assertThat(known()).isEqualTo(KnownHeads.NOTHING);
            try (ClientChain chain = open()) {
                assertThat(chain.head()).isEmpty();
                assertThat(chain.id()).matches("[0-9a-f]{32}");
            }
        }
        String id = "a".repeat(32);
        Files.writeString(folder.resolve("chain"), id + " 99999999999999999999 " + "b".repeat(64) + "\nrubbish\n");
        assertThat(known()).isEqualTo(new KnownHeads(Optional.of(id), Optional.empty(), List.of()));
        assertThat(KnownHeads.read(FileNames.of(folder + "/none"))).isEqualTo(KnownHeads.NOTHING);
    }
}
