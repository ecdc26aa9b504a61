package obnam.server.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import obnam.api.LocalException;
import obnam.api.Providers;
import obnam.api.StoreAccess;
import obnam.server.repository.Repositories;
import obnam.server.repository.StateFiles;
import obnam.server.repository.SteadyClock;
import obnam.server.repository.Storage;
import obnam.server.settings.ServerSettings;
import obnam.server.upkeep.AuditLog;

/// What every command needs that works with repositories.
///
/// @param clock for retention
/// @param second where good copies may be
record Hosting(SteadyClock clock, Repositories repositories, Optional<Storage> second, AuditLog audit)
        implements AutoCloseable {

    /// @param acceptClock see [SteadyClock]
    static Hosting of(ServerSettings settings, boolean acceptClock) {
        try {
            StateFiles.folder(settings.state());
        } catch (IOException e) {
            throw new LocalException(
                    "the folder for the server's state cannot be made",
                    settings.state().toString(),
                    "",
                    e);
        }
        Providers providers = new Providers(List.of());
        SteadyClock clock = SteadyClock.open(
                settings.state().resolve("clock"), java.time.InstantSource.system(), System::nanoTime, acceptClock);
        Storage storage = Storage.of(settings.storage(), providers::store, StoreAccess.NONE);
        Optional<Storage> second =
                settings.scrub().repairFrom().map(place -> Storage.of(place, providers::store, StoreAccess.NONE));
        AuditLog audit = new AuditLog(settings.state().resolve("audit.log"), java.time.InstantSource.system());
        return new Hosting(clock, new Repositories(storage, settings.state(), clock), second, audit);
    }

    @Override
    public void close() {
        repositories.close();
        clock.keep();
    }
}
