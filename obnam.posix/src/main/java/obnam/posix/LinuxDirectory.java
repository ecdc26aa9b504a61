package obnam.posix;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A directory descriptor. Everything about entries is done by the `*at` calls, relative to it.
final class LinuxDirectory implements Directory {
    private static final byte[] DOT = {'.'};
    private static final byte[] DOT_DOT = {'.', '.'};
    private static final int OPEN_DIRECTORY =
            Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW | Kernel.O_CLOEXEC;
    private static final int OPEN_FILE =
            Kernel.O_RDONLY | Kernel.O_NOFOLLOW | Kernel.O_NONBLOCK | Kernel.O_NOCTTY | Kernel.O_CLOEXEC;
    // O_NONBLOCK: opening a FIFO that was put in the place of the file must not wait.
    private static final int OPEN_UPDATE =
            Kernel.O_RDWR | Kernel.O_NOFOLLOW | Kernel.O_NONBLOCK | Kernel.O_NOCTTY | Kernel.O_CLOEXEC;
    private static final int CREATE =
            Kernel.O_RDWR | Kernel.O_CREAT | Kernel.O_EXCL | Kernel.O_NOFOLLOW | Kernel.O_CLOEXEC;

    private final Descriptor self;
    private boolean listed;

    LinuxDirectory(Descriptor self) {
        this.self = self;
    }

    @Override
    public DirectoryListing list() {
        if (listed) {
            long outcome = SystemCalls.current().call(Kernel.LSEEK, self.number(), 0, Kernel.SEEK_SET);
            Descriptor.check(outcome, "rewind a directory");
        }
        listed = true;
        return DirectoryReader.read(self);
    }

    @Override
    public FileStatus status() {
        return self.status();
    }

    @Override
    public FileStatus status(byte[] name) {
        FileNames.requireComponent(name);
        SystemCalls calls = SystemCalls.current();
        Descriptor.check(StatusRecord.fill(calls, self.number(), calls.name(name), 0), "read the status of", name);
        return StatusRecord.parse(calls);
    }

    @Override
    public Optional<FileStatus> statusIfPresent(byte[] name) {
        FileNames.requireComponent(name);
        SystemCalls calls = SystemCalls.current();
        long outcome = StatusRecord.fill(calls, self.number(), calls.name(name), 0);
        if (outcome == -Errno.ENOENT) {
            return Optional.empty();
        }
        Descriptor.check(outcome, "read the status of", name);
        return Optional.of(StatusRecord.parse(calls));
    }

    @Override
    public Directory openDirectory(byte[] name) {
        FileNames.requireComponent(name);
        return new LinuxDirectory(openQuietly(name, OPEN_DIRECTORY, "open directory"));
    }

    @Override
    public Directory parent() {
        return new LinuxDirectory(openQuietly(DOT_DOT, OPEN_DIRECTORY, "open directory"));
    }

    @Override
    public InputFile openFile(byte[] name) {
        FileNames.requireComponent(name);
        return new LinuxFile(openQuietly(name, OPEN_FILE, "open"));
    }

    /// Opens without changing the access time; only the owner and the superuser may ask for that.
    private Descriptor openQuietly(byte[] name, int flags, String operation) {
        SystemCalls calls = SystemCalls.current();
        long address = calls.name(name);
        long opened = calls.call(Kernel.OPENAT, self.number(), address, flags | Kernel.O_NOATIME, 0);
        if (opened == -Errno.EPERM) {
            opened = calls.call(Kernel.OPENAT, self.number(), address, flags, 0);
        }
        return new Descriptor(Descriptor.check(opened, operation, name));
    }

    @Override
    public byte[] readLink(byte[] name) {
        FileNames.requireComponent(name);
        SystemCalls calls = SystemCalls.current();
        NativeBuffer result = calls.result();
        long length = calls.call(
                Kernel.READLINKAT, self.number(), calls.name(name), result.address(), SystemCalls.RESULT_SIZE);
        byte[] target = new byte[(int) Descriptor.check(length, "read the target of", name)];
        result.view().get(0, target);
        return target;
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(byte[] name) {
        return attributes(Arrays.equals(name, DOT) ? new byte[0] : name).list();
    }

    private LinuxExtendedAttributes attributes(byte[] name) {
        if (name.length == 0) {
            return LinuxExtendedAttributes.of(self);
        }
        FileNames.requireComponent(name);
        return LinuxExtendedAttributes.of(self, name);
    }

    @Override
    public int fileFlags(byte[] name) {
        if (name.length == 0 || Arrays.equals(name, DOT)) {
            return self.fileFlags();
        }
        FileStatus status = status(name);
        if (!status.isRegular() && !status.isDirectory()) {
            return 0;
        }
        Descriptor entry = openQuietly(name, OPEN_FILE, "open");
        try {
            return entry.fileFlags();
        } finally {
            entry.close();
        }
    }

    @Override
    public void setFileFlags(byte[] name, int flags) {
        if (name.length == 0) {
            self.setFileFlags(flags);
            return;
        }
        FileStatus status = status(name);
        if (!status.isRegular() && !status.isDirectory()) {
            throw new PosixException(Errno.EOPNOTSUPP, "set the flags of", name);
        }
        Descriptor entry = openQuietly(name, OPEN_FILE, "open");
        try {
            entry.setFileFlags(flags);
        } finally {
            entry.close();
        }
    }

    @Override
    public Directory makeDirectory(byte[] name, int mode) {
        FileNames.requireComponent(name);
        SystemCalls calls = SystemCalls.current();
        long made = calls.call(Kernel.MKDIRAT, self.number(), calls.name(name), mode & 07777);
        Descriptor.check(made, "make directory", name);
        return openDirectory(name);
    }

    @Override
    public OutputFile createFile(byte[] name, int mode) {
        return new LinuxFile(BeneathOpener.open(self, name, CREATE, mode & 07777, "create"));
    }

    @Override
    public OutputFile openForUpdate(byte[] name) {
        Descriptor file = BeneathOpener.open(self, name, OPEN_UPDATE, 0, "open for writing");
        if (!file.status().isRegular()) {
            file.close();
            throw new PosixException(Errno.EOPNOTSUPP, "open for writing what is no regular file:", name);
        }
        return new LinuxFile(file);
    }

    @Override
    public void makeSymlink(byte[] name, byte[] target) {
        FileNames.requireComponent(name);
        FileNames.requireNoNul(target);
        SystemCalls calls = SystemCalls.current();
        long outcome = calls.call(Kernel.SYMLINKAT, calls.otherName(target), self.number(), calls.name(name));
        Descriptor.check(outcome, "make symlink", name);
    }

    @Override
    public void makeNode(byte[] name, FileType type, int mode, int major, int minor) {
        FileNames.requireComponent(name);
        boolean device = type == FileType.BLOCK_DEVICE || type == FileType.CHARACTER_DEVICE;
        int kind = switch (type) {
            case FIFO -> Kernel.S_IFIFO;
            case SOCKET -> Kernel.S_IFSOCK;
            case BLOCK_DEVICE -> Kernel.S_IFBLK;
            case CHARACTER_DEVICE -> Kernel.S_IFCHR;
            case REGULAR, DIRECTORY, SYMLINK, UNKNOWN -> throw new IllegalArgumentException("not a node: " + type);
        };
        SystemCalls calls = SystemCalls.current();
        long number = device ? Kernel.deviceNumber(major, minor) : 0;
        long outcome = calls.call(Kernel.MKNODAT, self.number(), calls.name(name), kind | (mode & 07777), number);
        Descriptor.check(outcome, "make", name);
    }

    @Override
    public void link(Directory from, byte[] fromName, byte[] name) {
        FileNames.requireComponent(fromName);
        FileNames.requireComponent(name);
        if (!(from instanceof LinuxDirectory source)) {
            throw new IllegalArgumentException("a directory of another file system");
        }
        SystemCalls calls = SystemCalls.current();
        long present = calls.otherName(fromName);
        // Flags 0: a symlink is linked itself, not what it points to.
        long outcome = calls.call(Kernel.LINKAT, source.self.number(), present, self.number(), calls.name(name), 0, 0);
        Descriptor.check(outcome, "make hard link", name);
    }

    @Override
    public void rename(byte[] from, byte[] to) {
        FileNames.requireComponent(from);
        FileNames.requireComponent(to);
        SystemCalls calls = SystemCalls.current();
        long present = calls.otherName(from);
        int directory = self.number();
        long outcome = calls.call(Kernel.RENAMEAT2, directory, present, directory, calls.name(to), 0, 0);
        Descriptor.check(outcome, "rename to", to);
    }

    @Override
    public void remove(byte[] name) {
        unlink(name, 0, "remove");
    }

    @Override
    public void removeDirectory(byte[] name) {
        unlink(name, Kernel.AT_REMOVEDIR, "remove directory");
    }

    private void unlink(byte[] name, int flags, String operation) {
        FileNames.requireComponent(name);
        SystemCalls calls = SystemCalls.current();
        Descriptor.check(calls.call(Kernel.UNLINKAT, self.number(), calls.name(name), flags), operation, name);
    }

    @Override
    public void setOwner(byte[] name, long uid, long gid) {
        if (name.length == 0) {
            self.setOwner(uid, gid);
            return;
        }
        FileNames.requireComponent(name);
        SystemCalls calls = SystemCalls.current();
        long user = Descriptor.id(uid);
        long group = Descriptor.id(gid);
        int flags = Kernel.AT_SYMLINK_NOFOLLOW;
        long outcome = calls.call(Kernel.FCHOWNAT, self.number(), calls.name(name), user, group, flags, 0);
        Descriptor.check(outcome, "set the owner of", name);
    }

    @Override
    public void setMode(byte[] name, int permissions) {
        if (name.length == 0) {
            self.setMode(permissions);
            return;
        }
        FileNames.requireComponent(name);
        ModeSetter.set(self, name, permissions & 07777);
    }

    @Override
    public void setTimes(byte[] name, Timestamp access, Timestamp modification) {
        if (name.length == 0) {
            self.setTimes(access, modification);
            return;
        }
        FileNames.requireComponent(name);
        SystemCalls calls = SystemCalls.current();
        long times = Descriptor.times(calls, access, modification);
        int flags = Kernel.AT_SYMLINK_NOFOLLOW;
        long outcome = calls.call(Kernel.UTIMENSAT, self.number(), calls.name(name), times, flags);
        Descriptor.check(outcome, "set the times of", name);
    }

    @Override
    public void setExtendedAttribute(byte[] name, ExtendedAttribute attribute) {
        attributes(name).set(attribute);
    }

    @Override
    public void removeExtendedAttribute(byte[] name, byte[] attributeName) {
        attributes(name).remove(attributeName);
    }

    @Override
    public void sync() {
        self.sync(Kernel.FSYNC);
    }

    @Override
    public long freeSpace() {
        SystemCalls calls = SystemCalls.current();
        NativeBuffer record = calls.record();
        Descriptor.check(calls.call(Kernel.FSTATFS, self.number(), record.address(), 0), "read the free space");
        // struct statfs of 64-bit architectures: f_bsize at 8, f_bavail (free for ordinary users) at 32.
        long available = record.view().getLong(32);
        return Math.multiplyExact(available, record.view().getLong(8));
    }

    @Override
    public void close() {
        self.close();
    }
}
