package obnam.server.upkeep;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// Lets bytes pass at a rate, by waiting after each piece. An interruption ends the waiting.
public final class Pacing implements LongConsumer {

    private final long rate;

    /// @param rate bytes a second; more than 0
    public Pacing(long rate) {
        this.rate = rate;
    }

    @Override
    public void accept(long bytes) {
        try {
            TimeUnit.NANOSECONDS.sleep((long) (bytes * 1e9 / rate));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
