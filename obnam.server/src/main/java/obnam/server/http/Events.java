package obnam.server.http;

import obnam.api.ObjectName;
import obnam.server.account.Caller;

/// Is told of what requests have done. Called by many threads at once, before the answer is sent.
public interface Events {

    /// Tells nobody.
    Events NONE = new Events() {};

    /// Somebody showed no token, or one that is not known.
    ///
    /// @param from the address
    default void unknown(String from) {}

    /// A repository was made, or found.
    default void made(Caller caller, String repository) {}

    /// An object was put.
    default void put(Caller caller, String repository, ObjectName name) {}

    /// An object was deleted.
    default void deleted(Caller caller, String repository, ObjectName name) {}

    /// Deleted objects were brought back.
    ///
    /// @param count how many
    default void undeleted(Caller caller, String repository, int count) {}

    /// A request was refused by the account's rules or for lack of a right.
    ///
    /// @param what the request, in a few words
    default void refused(Caller caller, String what, String reason) {}
}
