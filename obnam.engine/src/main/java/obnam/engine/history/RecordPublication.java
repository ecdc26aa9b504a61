package obnam.engine.history;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.engine.Actor;
import obnam.engine.Head;
import obnam.engine.format.ChainLink;
import obnam.engine.format.LogRecord;
import obnam.engine.format.RemovalRecord;
import obnam.engine.format.SealedObject;
import obnam.engine.repository.RepositoryContext;
import obnam.engine.state.ClientChain;
import obnam.posix.Timestamp;

/// Puts records, each as the next in this machine's chain. Runs of one machine take turns only here.
public final class RecordPublication {

    /// Stands for a name that is not known yet, while a record is made.
    public static final ObjectName UNNAMED = new ObjectName(ObjectKind.SNAPSHOT, "0".repeat(ObjectName.HEX_LENGTH));

    private final RepositoryContext repository;

    /// @param repository whose log it is
    public RecordPublication(RepositoryContext repository) {
        this.repository = repository;
    }

    /// Remembers what the log has; so it is also made sure that this machine can keep its chain, before hours
    /// are spent on data.
    ///
    /// @param seen records of the log, the oldest first
    /// @throws obnam.api.LocalException if the state directory cannot be used
    public void observe(Collection<? extends LogRecord> seen) {
        try (ClientChain chain = open()) {
            chain.observe(seen);
        }
    }

    /// Puts a record; it is durable when this returns.
    ///
    /// @param seen records of the log, the oldest first
    /// @param record makes the object for its place
    /// @return its place
    public Head put(Collection<? extends LogRecord> seen, Function<ChainLink, byte[]> record) {
        try (ClientChain chain = open()) {
            chain.observe(seen);
            ChainLink link = chain.next();
            byte[] bytes = record.apply(link);
            ObjectName name = SealedObject.name(ObjectKind.SNAPSHOT, bytes, bytes.length);
            repository.store().put(name, ByteBuffer.wrap(bytes));
            repository.store().barrier();
            Head head = new Head(link.chain(), link.number(), name);
            chain.advance(head);
            return head;
        }
    }

    /// Annuls a snapshot: it counts no more, and its object stays.
    ///
    /// @param seen records of the log, the oldest first
    /// @param snapshot the place of its record
    /// @param actor who annuls
    /// @return the place of the new record
    public Head annul(Collection<? extends LogRecord> seen, Head snapshot, Actor actor) {
        LogRecord.Author author = author(actor);
        return put(
                seen,
                link -> new RemovalRecord(UNNAMED, link, author, true, List.of(snapshot), List.of())
                        .encode(repository.frames()));
    }

    private ClientChain open() {
        return ClientChain.open(repository.settings().stateDirectory(), repository.random());
    }

    /// The author of a record that is written now.
    LogRecord.Author author(Actor actor) {
        var now = repository.settings().clock().instant();
        Timestamp time = new Timestamp(now.getEpochSecond(), now.getNano());
        return new LogRecord.Author(
                time, actor.host(), actor.user(), repository.settings().programVersion());
    }
}
