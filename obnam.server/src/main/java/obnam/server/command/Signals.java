package obnam.server.command;

import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;

/// What the operating system tells the server.
final class Signals {

    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(45);

    private Signals() {}

    /// Stops the server when the program is to end, and lets `main` finish its work before the program ends.
    static void onStop(Runnable stop, Thread main) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            stop.run();
            try {
                main.join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /// Runs something at each SIGHUP. The one interface for this is `sun.misc.Signal`, in the module
    /// `jdk.unsupported`, which exists for such cases; it is called through reflection because the compiler's
    /// warning about it cannot be silenced.
    static void onHangUp(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object calling = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), calling);
        } catch (ReflectiveOperationException _) {
            // This JVM, or this system, has no such signal; the accounts are looked at every second anyway.
        }
    }
}
