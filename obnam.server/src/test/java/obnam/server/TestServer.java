package obnam.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import obnam.api.ChunkStore;
import obnam.api.StoreAccess;
import obnam.server.account.Account;
import obnam.server.account.Accounts;
import obnam.server.account.Right;
import obnam.server.account.Token;
import obnam.server.http.Events;
import obnam.server.http.HttpService;
import obnam.server.http.Limits;
import obnam.server.repository.Repositories;
import obnam.server.repository.StateFiles;
import obnam.server.repository.Storage;
import obnam.store.http.HttpStoreProvider;
import obnam.store.local.LocalStoreProvider;

/// A server in this process, over a directory.
public final class TestServer implements AutoCloseable {

    public static final Set<Right> ALL = Set.of(Right.READ, Right.ADD, Right.DELETE);

    /// How a test wants its server to be.
    public static final class Setup {
        public Limits limits = Limits.DEFAULT;
        public InstantSource clock = InstantSource.system();
        public Optional<SSLContext> tls = Optional.empty();
        public Events events = Events.NONE;
        public UnaryOperator<ChunkStore> around = UnaryOperator.identity();
    }

    public final AtomicReference<Accounts> accounts = new AtomicReference<>(Accounts.NONE);
    public final List<String> accessLog = new ArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private final Repositories repositories;
    private final HttpService service;

    public TestServer(Path folder) {
        this(folder, new Setup());
    }

    public TestServer(Path folder, Setup setup) {
        LocalStoreProvider local = new LocalStoreProvider();
        ChunkStore.Provider provider = new ChunkStore.Provider() {
            @Override
            public String name() {
                return local.name();
            }

            @Override
            public ChunkStore open(String location, ChunkStore.OpenMode mode) {
                return setup.around.apply(local.open(location, mode));
            }
        };
        Storage storage = Storage.of(folder.resolve("objects").toString(), _ -> provider, StoreAccess.NONE);
        try {
            Path state = StateFiles.folder(folder.resolve("state"));
            repositories = new Repositories(storage, state, setup.clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        service = new HttpService(new HttpService.Parts(
                "127.0.0.1",
                0,
                setup.tls,
                setup.limits,
                accounts::get,
                repositories,
                () -> "<!DOCTYPE html>",
                this::log,
                setup.events,
                "obnam-server/test"));
        service.start();
    }

    private void log(String line) {
        synchronized (accessLog) {
            accessLog.add(line);
        }
    }

    public int port() {
        return service.port();
    }

    /// A new account with one token.
    public Token account(String name, Account.Rules rules, Set<Right> rights) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        accounts.updateAndGet(old -> old.with(new Account(name, HexFormat.of().formatHex(id), rules, List.of())));
        return token(name, rights);
    }

    /// One more token of an account.
    public Token token(String name, Set<Right> rights) {
        Token token = Token.random(random);
        accounts.updateAndGet(old -> {
            Account account = old.find(name).orElseThrow();
            List<Account.IssuedToken> tokens = new ArrayList<>(account.tokens());
            tokens.add(new Account.IssuedToken("device", token.id(), token.hash(), rights, Instant.EPOCH));
            return old.with(new Account(account.name(), account.id(), account.rules(), tokens));
        });
        return token;
    }

    /// Puts other rules in the place of an account's.
    public void rules(String name, Account.Rules rules) {
        accounts.updateAndGet(old -> {
            Account account = old.find(name).orElseThrow();
            return old.with(new Account(account.name(), account.id(), rules, account.tokens()));
        });
    }

    /// The location of a repository, without its scheme.
    public String location(String repository) {
        return "//127.0.0.1:" + port() + "/" + repository;
    }

    /// Opens a repository as a client.
    public ChunkStore open(String repository, Token token, ChunkStore.OpenMode mode) {
        StoreAccess access = StoreAccess.NONE.with(StoreAccess.TOKEN, token.text());
        return new HttpStoreProvider().open(location(repository), mode, access);
    }

    public Repositories repositories() {
        return repositories;
    }

    @Override
    public void close() {
        service.close();
        repositories.close();
    }
}
