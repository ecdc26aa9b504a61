package obnam.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import obnam.cli.host.Interruption;

/// Takes the signals that ask to stop. Without this the JVM would end in the middle of a backup, with the exit code
/// of the signal. A signal that whoever started the program had ignored stays ignored.
///
/// The one interface for this is `sun.misc.Signal`, in the module `jdk.unsupported`, which exists for such cases.
/// It is called through reflection because the compiler's warning about it cannot be silenced.
final class Signals {

    private Signals() {}

    static void install(Interruption interruption) {
        for (String name : List.of("INT", "TERM", "HUP")) {
            try {
                take(name, interruption::request);
            } catch (ReflectiveOperationException _) {
                // This JVM, or this system, has no such signal: it does what it did without us.
            }
        }
    }

    private static void take(String name, Runnable action) throws ReflectiveOperationException {
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
                .invoke(null, signal.getConstructor(String.class).newInstance(name), calling);
    }
}
