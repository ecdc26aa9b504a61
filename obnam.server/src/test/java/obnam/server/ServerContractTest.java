package obnam.server;

import java.nio.file.Path;
import obnam.api.ChunkStore;
import obnam.api.StoreAccess;
import obnam.server.account.Account.Rules;
import obnam.server.account.Token;
import obnam.store.http.HttpStoreProvider;
import obnam.testkit.ChunkStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The store's contract, kept by the HTTP store and our server together.
class ServerContractTest extends ChunkStoreContract {

    @TempDir
    Path folder;

    private TestServer server;
    private Token token;
    private int repositories;

    @BeforeEach
    void startServer() {
        if (server == null) {
            server = new TestServer(folder);
            token = server.account("alice", Rules.NONE, TestServer.ALL);
        }
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    protected ChunkStore.Provider provider() {
        startServer();
        return new WithAccess(new HttpStoreProvider(), StoreAccess.NONE.with(StoreAccess.TOKEN, token.text()));
    }

    @Override
    protected String newLocation() {
        return server.location("repository-" + ++repositories);
    }
}
