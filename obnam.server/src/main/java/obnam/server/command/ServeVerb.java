package obnam.server.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import obnam.server.account.AccountsFile;
import obnam.server.account.LiveAccounts;
import obnam.server.http.HttpService;
import obnam.server.settings.ServerSettings;
import obnam.server.settings.TlsFiles;
import obnam.server.upkeep.LastBackups;
import obnam.server.upkeep.LineFile;
import obnam.server.upkeep.Pacing;
import obnam.server.upkeep.Scrub;
import obnam.server.upkeep.ServerEvents;
import obnam.server.upkeep.StatusPage;
import obnam.server.upkeep.Upkeep;
import obnam.server.upkeep.UsageHistory;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.Option;

/// Answers clients until it is told to stop (SIGTERM, SIGINT). SIGHUP has it read the accounts again.
final class ServeVerb extends Verb {

    @Option(name = "--accept-clock", usage = "take over the machine's time, however far it is ahead of the last start")
    private boolean acceptClock;

    @Option(name = "--try", metaVar = "DIR", usage = "for trying out: a server for this machine, all of it in DIR")
    private @Nullable String trial;

    @Override
    int run(Console console) {
        ServerSettings settings = trial == null ? settings() : Trial.prepare(Path.of(trial), console);
        try (Hosting hosting = Hosting.of(settings, acceptClock);
                LineFile accessLog = LineFile.of(settings.accessLog())) {
            tellOfClock(hosting, console);
            serve(settings, hosting, accessLog, console);
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tellOfClock(Hosting hosting, Console console) {
        long seconds = hosting.clock().behind().toSeconds();
        if (seconds > 0) {
            console.note("obnam-server: locks expire " + seconds + " s later than by the machine's clock, which was"
                    + " far ahead of the last time seen; if it is right, start once with --accept-clock");
        }
    }

    private static void serve(ServerSettings settings, Hosting hosting, Consumer<String> accessLog, Console console) {
        LiveAccounts accounts = new LiveAccounts(new AccountsFile(settings.accounts()), System::nanoTime);
        UsageHistory history = new UsageHistory(settings.state().resolve("usage-history"));
        LastBackups backups = new LastBackups();
        InstantSource machine = InstantSource.system();
        StatusPage status = new StatusPage(accounts, hosting.repositories(), history, backups, machine);
        try (Upkeep upkeep = new Upkeep(accounts, hosting.repositories(), hosting.clock(), machine, history);
                HttpService service = new HttpService(new HttpService.Parts(
                        settings.host(),
                        settings.port(),
                        settings.tls().map(TlsFiles::context),
                        settings.limits(),
                        accounts,
                        hosting.repositories(),
                        status,
                        accessLog,
                        new ServerEvents(hosting.audit(), backups, machine),
                        "obnam-server/" + version()))) {
            service.start();
            Thread main = Thread.currentThread();
            Signals.onStop(service::close, main);
            Signals.onHangUp(accounts::reload);
            Scrub scrub = new Scrub(
                    hosting.repositories(),
                    hosting.second(),
                    machine,
                    hosting.audit(),
                    new Pacing(Math.max(1, settings.scrub().rate())),
                    upkeep::isEnding);
            upkeep.start(scrub, settings.scrub());
            hosting.audit().record("started", "version", version());
            announce(settings, service, console);
            service.join();
            hosting.audit().record("stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void announce(ServerSettings settings, HttpService service, Console console) {
        Optional<TlsFiles> tls = settings.tls();
        console.say("listening on " + (tls.isPresent() ? "https://" : "http://") + settings.host() + ":"
                + service.port() + "/");
        tls.ifPresent(files -> console.say("fingerprint of the certificate: " + files.fingerprint()));
    }

    private static String version() {
        return Optional.ofNullable(ServeVerb.class.getModule().getDescriptor())
                .flatMap(java.lang.module.ModuleDescriptor::rawVersion)
                .orElse("development");
    }
}
