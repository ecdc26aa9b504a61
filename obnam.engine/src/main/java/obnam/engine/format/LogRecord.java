package obnam.engine.format;

import obnam.api.ObjectName;
import obnam.engine.Head;
import obnam.posix.Timestamp;

/// A SNAPSHOT object: a record of the log; sections 7.2 and 7.3 of the format.
public sealed interface LogRecord permits SnapshotRecord, RemovalRecord, TagRecord, OtherRecord {

    /// Its name, known only once it is sealed.
    ObjectName name();

    /// Its place in the chain of the machine that wrote it.
    ChainLink link();

    /// Its place, as other records name it.
    default Head head() {
        return new Head(link().chain(), link().number(), name());
    }

    /// Who wrote a record.
    ///
    /// @param time when the run began
    /// @param host name of the machine
    /// @param user name of the user
    /// @param programVersion version of the program
    record Author(Timestamp time, String host, String user, String programVersion) {}

    /// Reads an object, after checking its name.
    ///
    /// @throws obnam.api.DamageException if it is not what the format says
    /// @throws obnam.api.UsageException if only a later version understands it
    static LogRecord decode(Frames frames, ObjectName name, byte[] bytes) {
        RecordDraft draft = new RecordDraft(name);
        SealedObject.open(frames, name, FrameRole.RECORD, bytes).fields(draft::field);
        return draft.finish();
    }
}
