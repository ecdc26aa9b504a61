package obnam.server.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import obnam.api.DamageException;
import obnam.api.MissingObjectException;
import obnam.api.ObjectExistsException;
import obnam.api.ObnamException;
import obnam.api.StoreException;
import obnam.server.account.Caller;
import obnam.server.account.Right;
import obnam.server.repository.HostedRepository;
import obnam.server.repository.RefusedException;
import obnam.server.repository.Repositories;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// A request of somebody known, with its answer. Holds the use of a repository until the answer is complete.
final class Exchange {

    private static final System.Logger LOG = System.getLogger(Exchange.class.getName());

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Caller caller;
    private final Events events;
    private Optional<Repositories.Lease> lease = Optional.empty();

    /// @param ended is run when the answer is complete or has failed
    Exchange(Request request, Response response, Callback callback, Caller caller, Events events, Runnable ended) {
        this.request = request;
        this.response = response;
        this.caller = caller;
        this.events = events;
        this.callback = Callback.from(
                () -> {
                    end(ended);
                    callback.succeeded();
                },
                failure -> {
                    end(ended);
                    callback.failed(failure);
                });
    }

    private void end(Runnable ended) {
        lease.ifPresent(Repositories.Lease::close);
        ended.run();
    }

    Request request() {
        return request;
    }

    Response response() {
        return response;
    }

    Callback callback() {
        return callback;
    }

    Caller caller() {
        return caller;
    }

    String method() {
        return request.getMethod();
    }

    /// Gives up the repository when the answer is complete.
    void hold(Repositories.Lease held) {
        lease = Optional.of(held);
    }

    /// The repository that is held.
    HostedRepository repository() {
        return lease.orElseThrow().repository();
    }

    /// Takes over that duty.
    Repositories.Lease takeLease() {
        Repositories.Lease taken = lease.orElseThrow();
        lease = Optional.empty();
        return taken;
    }

    /// Runs something on a thread of the server.
    void execute(Runnable task) {
        request.getComponents().getExecutor().execute(() -> guard(task));
    }

    /// Hangs up on a client whose body broke off or came too slowly: whatever was answered might be taken for
    /// the answer to a whole request.
    void abandon(Throwable cause) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(cause);
    }

    /// Does something now, or later on a thread of the server; no thread waits.
    void after(long nanos, Runnable task) {
        if (nanos == 0) {
            guard(task);
        } else {
            request.getComponents().getScheduler().schedule(() -> execute(task), nanos, TimeUnit.NANOSECONDS);
        }
    }

    /// Does something if the token allows it.
    void when(Right right, Runnable action) {
        if (caller.may(right)) {
            action.run();
        } else {
            refuse("the token lacks the right " + right.text());
        }
    }

    void nothing() {
        Reply.nothing(response, callback);
    }

    void error(int status, String reason) {
        Reply.error(response, callback, status, reason);
    }

    /// Says that the caller must not do this, and has it written down.
    void refuse(String reason) {
        events.refused(caller, method() + " " + request.getHttpURI().getPath(), reason);
        error(403, reason);
    }

    void later(int status, Duration wait, String reason) {
        Reply.later(response, callback, status, wait, reason);
    }

    /// Does something and makes an answer of its failure. What the store says about places on this machine is
    /// for the log, not for the client.
    void guard(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            if (response.isCommitted()) {
                callback.failed(e);
            } else {
                answer(e);
            }
        }
    }

    private void answer(RuntimeException failure) {
        switch (failure) {
            case RefusedException refused -> refuse(String.valueOf(refused.getMessage()));
            case MissingObjectException _ -> nothing();
            case ObjectExistsException _ -> error(409, "another object stands under this name");
            case StoreException store
            when store.worthRetrying() -> {
                log(store);
                later(503, store.retryAfter().orElse(Duration.ofSeconds(10)), store.what());
            }
            case DamageException damage -> {
                log(damage);
                error(500, damage.what());
            }
            case ObnamException known -> {
                log(known);
                error(500, known.what());
            }
            default -> {
                log(failure);
                error(500, "the server failed");
            }
        }
    }

    private void log(RuntimeException failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                method() + " " + request.getHttpURI().getPath(),
                failure);
    }
}
