package obnam.engine.restore;

import obnam.posix.Directory;
import obnam.posix.ExtendedAttribute;
import obnam.posix.OutputFile;
import obnam.posix.Timestamp;

/// Something that metadata can be given to.
sealed interface Inode {

    void setOwner(long uid, long gid);

    void setMode(int mode);

    void setTimes(Timestamp access, Timestamp modification);

    void setExtendedAttribute(ExtendedAttribute attribute);

    void setFileFlags(int flags);

    /// A file that is open: needs no look-up of a name.
    record Open(OutputFile file) implements Inode {
        @Override
        public void setOwner(long uid, long gid) {
            file.setOwner(uid, gid);
        }

        @Override
        public void setMode(int mode) {
            file.setMode(mode);
        }

        @Override
        public void setTimes(Timestamp access, Timestamp modification) {
            file.setTimes(access, modification);
        }

        @Override
        public void setExtendedAttribute(ExtendedAttribute attribute) {
            file.setExtendedAttribute(attribute);
        }

        @Override
        public void setFileFlags(int flags) {
            file.setFileFlags(flags);
        }
    }

    /// An entry of a directory, or, with an empty name, the directory itself.
    final class Named implements Inode {
        private final Directory directory;
        private final byte[] name;

        Named(Directory directory, byte[] name) {
            this.directory = directory;
            this.name = name;
        }

        @Override
        public void setOwner(long uid, long gid) {
            directory.setOwner(name, uid, gid);
        }

        @Override
        public void setMode(int mode) {
            directory.setMode(name, mode);
        }

        @Override
        public void setTimes(Timestamp access, Timestamp modification) {
            directory.setTimes(name, access, modification);
        }

        @Override
        public void setExtendedAttribute(ExtendedAttribute attribute) {
            directory.setExtendedAttribute(name, attribute);
        }

        @Override
        public void setFileFlags(int flags) {
            directory.setFileFlags(name, flags);
        }
    }
}
