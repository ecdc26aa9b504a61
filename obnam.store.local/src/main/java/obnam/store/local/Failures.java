package obnam.store.local;

import obnam.api.StoreException;
import obnam.posix.PosixException;

/// Says what a failed system call means for someone who makes a backup.
final class Failures {

    private Failures() {}

    /// Whether nothing is there; unlike [PosixException#isNotFound] not if something else is in the way.
    static boolean isMissing(PosixException e) {
        return e.errorName().equals("ENOENT");
    }

    /// @param what what could not be done, such as `cannot store an object`
    /// @param subject to what: the store and the object
    static StoreException of(PosixException e, String what, String subject) {
        String told = what + " (" + e.reason() + ")";
        if (e.isNoSpace()) {
            return lasting(told, subject, "Free some space there or raise the quota, then run this again", e);
        }
        if (e.isReadOnly()) {
            return lasting(told, subject, "Mount the file system for writing", e);
        }
        if (e.isPermission()) {
            return lasting(told, subject, "Run this as the owner of the repository, or give this user access", e);
        }
        if (e.isDamage()) {
            return lasting(
                    told, subject, "The disk or its file system fails: look into the kernel's log, then check it", e);
        }
        if (e.isSymlink()) {
            return lasting(
                    told,
                    subject,
                    "Symbolic links inside a repository are not followed: put back what belongs there",
                    e);
        }
        return passes(e)
                ? StoreException.passing(told, subject, "Run this again later", e)
                : lasting(told, subject, "See --debug for the system call that failed", e);
    }

    /// Whether the failure is of the moment: too much load, or a network behind the file system.
    private static boolean passes(PosixException e) {
        return e.isTooManyOpenFiles()
                || switch (e.errorName()) {
                    case "EAGAIN",
                            "EBUSY",
                            "EHOSTDOWN",
                            "EHOSTUNREACH",
                            "EINTR",
                            "ENOMEM",
                            "ENOTCONN",
                            "ESTALE",
                            "ETIMEDOUT" -> true;
                    default -> false;
                };
    }

    private static StoreException lasting(String what, String subject, String advice, PosixException e) {
        return StoreException.lasting(what, subject, advice, e);
    }
}
