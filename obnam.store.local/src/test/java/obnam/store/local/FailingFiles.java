package obnam.store.local;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import obnam.posix.PosixException;

/// Files of which single operations fail with an error number, until told otherwise.
final class FailingFiles {

    private final Map<String, Integer> failing = new HashMap<>();
    private final DurableFiles files;

    FailingFiles(DurableFiles files) {
        this.files = proxy(DurableFiles.class, files);
    }

    DurableFiles files() {
        return files;
    }

    /// @param operation a method of [DurableFiles], or `Draft.write`, `Draft.sync`, `Draft.close`
    void fail(String operation, int errno) {
        failing.put(operation, errno);
    }

    void heal() {
        failing.clear();
    }

    private <T> T proxy(Class<T> type, T target) {
        InvocationHandler handler = (_, method, arguments) -> {
            String prefix = type == DurableFiles.class ? "" : type.getSimpleName() + ".";
            Integer errno = failing.get(prefix + method.getName());
            if (errno != null) {
                if (method.getName().equals("close")) {
                    method.invoke(target, arguments);
                }
                throw new PosixException(errno, method.getName(), "file".getBytes(StandardCharsets.UTF_8));
            }
            try {
                Object result = method.invoke(target, arguments);
                return result instanceof DurableFiles.Draft draft ? proxy(DurableFiles.Draft.class, draft) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
