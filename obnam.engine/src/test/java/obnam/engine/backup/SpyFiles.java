package obnam.engine.backup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import obnam.posix.Directory;
import obnam.posix.FileSystem;
import obnam.posix.InputFile;

/// The files of this machine, watched: notes which files are opened and read, and lets a test act before each call.
final class SpyFiles {

    /// Acts before a call, or fails it.
    interface Hook {
        /// @param call name of the method
        /// @param file name of the file, relative to its directory; empty for others
        void before(String call, String file);
    }

    /// Names of the files that were opened.
    final List<String> opened = new CopyOnWriteArrayList<>();
    /// Names of the files from which something was read, once for each read.
    final List<String> read = new CopyOnWriteArrayList<>();

    private final Hook hook;

    SpyFiles(Hook hook) {
        this.hook = hook;
    }

    FileSystem files() {
        return watch(FileSystem.class, FileSystem.local(), "");
    }

    private <T> T watch(Class<T> type, T target, String file) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> call(target, file, method, arguments == null ? new Object[0] : arguments)));
    }

    private Object call(Object target, String file, Method method, Object[] arguments) throws Throwable {
        String name =
                method.getName().equals("openFile") ? new String((byte[]) arguments[0], StandardCharsets.UTF_8) : file;
        hook.before(method.getName(), name);
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (method.getName().equals("read")) {
            read.add(name);
        }
        return switch (result) {
            case InputFile input -> {
                opened.add(name);
                yield watch(InputFile.class, input, name);
            }
            case Directory directory -> watch(Directory.class, directory, "");
            case null, default -> result;
        };
    }
}
