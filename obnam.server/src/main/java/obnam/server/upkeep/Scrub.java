package obnam.server.upkeep;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import obnam.api.ChunkStore;
import obnam.api.ChunkStore.OpenMode;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.ObjectKind;
import obnam.api.ObjectName;
import obnam.server.account.Account;
import obnam.server.repository.HostedRepository;
import obnam.server.repository.Repositories;
import obnam.server.repository.ScrubState;
import obnam.server.repository.Storage;

/// Checks every object against its name, which needs no keys, and puts a good copy from a second store in the
/// place of a damaged one. Goes through a repository in the order of names, some thousand at a time, so that
/// memory does not grow with its size and a round goes on where it was stopped.
public final class Scrub {

    private static final int BATCH = 4096;
    private static final int PIECE = 1 << 20;
    private static final int REPLACED_LIMIT = 256 << 20;

    private final Repositories repositories;
    private final Optional<Storage> second;
    private final InstantSource clock;
    private final AuditLog audit;
    private final LongConsumer pacing;
    private final BooleanSupplier stopped;

    /// @param second where good copies may be
    /// @param pacing is told the number of bytes after each read, and takes its time
    /// @param stopped whether to stop after the object at hand
    public Scrub(
            Repositories repositories,
            Optional<Storage> second,
            InstantSource clock,
            AuditLog audit,
            LongConsumer pacing,
            BooleanSupplier stopped) {
        this.repositories = repositories;
        this.second = second;
        this.clock = clock;
        this.audit = audit;
        this.pacing = pacing;
        this.stopped = stopped;
    }

    /// Goes on with the round of a repository, or begins one.
    ///
    /// @return the state when the round ended, or when this was stopped
    public ScrubState run(Account account, String name) {
        Path file = ScrubState.file(repositories, account, name);
        ScrubState state = ScrubState.read(file);
        if (state.begun().isEmpty()) {
            state = new ScrubState(
                    clock.instant().toString(),
                    "",
                    0,
                    List.of(),
                    state.finished(),
                    state.verified(),
                    state.lastDamaged());
        }
        while (!stopped.getAsBoolean()) {
            Optional<Repositories.Lease> lease = repositories.find(account, name);
            if (lease.isEmpty()) {
                return state;
            }
            try (Repositories.Lease held = lease.get()) {
                List<ObjectName> batch = next(held.repository(), state.position());
                state = batch.isEmpty() ? ended(state) : check(held.repository(), account, batch, state);
                state.write(file);
                if (batch.isEmpty()) {
                    return state;
                }
            }
        }
        return state;
    }

    private ScrubState ended(ScrubState state) {
        return new ScrubState(
                "",
                "",
                0,
                List.of(),
                clock.instant().toString(),
                state.checked() - state.damaged().size(),
                state.damaged());
    }

    /// The objects that follow, in order.
    private static List<ObjectName> next(HostedRepository repository, String position) {
        PriorityQueue<ObjectName> least =
                new PriorityQueue<>(Collections.reverseOrder(java.util.Comparator.comparing(ObjectName::toString)));
        for (ObjectKind kind : ObjectKind.values()) {
            if (kind != ObjectKind.CONFIG) { // its name says nothing about it
                repository.list(kind, object -> {
                    if (object.name().toString().compareTo(position) > 0) {
                        least.add(object.name());
                        if (least.size() > BATCH) {
                            least.remove();
                        }
                    }
                });
            }
        }
        List<ObjectName> batch = new ArrayList<>(least);
        batch.sort(java.util.Comparator.comparing(ObjectName::toString));
        return batch;
    }

    private ScrubState check(HostedRepository repository, Account account, List<ObjectName> batch, ScrubState state) {
        List<String> damaged = new ArrayList<>(state.damaged());
        long checked = state.checked();
        String position = state.position();
        for (ObjectName name : batch) {
            if (stopped.getAsBoolean()) {
                break;
            }
            if (!isGood(repository, name)
                    && !isReplaced(repository, account, name)
                    && damaged.size() < ScrubState.DAMAGED_LIMIT) {
                damaged.add(name.toString());
            }
            checked++;
            position = name.toString();
        }
        return new ScrubState(
                state.begun(), position, checked, damaged, state.finished(), state.verified(), state.lastDamaged());
    }

    /// One that was deleted meanwhile counts as good.
    private boolean isGood(HostedRepository repository, ObjectName name) {
        try {
            long size = repository.size(name).orElse(-1);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[Math.clamp(size, 1, PIECE)];
            for (long offset = 0; offset < size; offset += piece.length) {
                int length = (int) Math.min(piece.length, size - offset);
                repository.read(name, offset, length, piece);
                digest.update(piece, 0, length);
                pacing.accept(length);
            }
            return size < 0 || HexFormat.of().formatHex(digest.digest()).equals(name.hex());
        } catch (MissingObjectException _) {
            return true;
        } catch (DamageException _) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private boolean isReplaced(HostedRepository repository, Account account, ObjectName name) {
        audit.record(
                "damaged",
                "account",
                account.name(),
                "repository",
                repository.name().name(),
                "object",
                name.toString());
        if (second.isEmpty()) {
            return false;
        }
        try (ChunkStore store = second.get().open(repository.name(), OpenMode.EXISTING)) {
            byte[] copy = store.get(name, REPLACED_LIMIT);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(copy));
            if (!hash.equals(name.hex())) {
                return false;
            }
            repository.replace(name, ByteBuffer.wrap(copy));
            audit.record(
                    "replaced",
                    "account",
                    account.name(),
                    "repository",
                    repository.name().name(),
                    "object",
                    name.toString());
            return true;
        } catch (obnam.api.ObnamException _) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
