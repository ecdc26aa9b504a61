package obnam.engine.index;

import obnam.api.ObjectKind;
import obnam.api.ObjectName;

/// What an INDEX object says besides where chunks are.
///
/// @param type what it says
/// @param subject of what
/// @param number how often, where that means something
record Remark(Type type, ObjectName subject, int number) {

    /// The kinds of remarks.
    enum Type {
        /// A pack is going to be deleted.
        CONDEMNED(1, ObjectKind.PACK),
        /// A notice was there through a number of prunes.
        OUTLIVED(2, ObjectKind.NOTICE),
        /// A tree has lost its notice; the digits of the subject are those of the tree's id.
        UNPROTECTED(3, ObjectKind.NOTICE);

        private final int code;
        private final ObjectKind about;

        Type(int code, ObjectKind about) {
            this.code = code;
            this.about = about;
        }

        /// The number that stands for it in a segment.
        int code() {
            return code;
        }

        /// Of what kind the subject is.
        ObjectKind about() {
            return about;
        }

        static Type of(int code) {
            for (Type type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            throw new DamagedCacheException("a remark of no known type");
        }
    }
}
