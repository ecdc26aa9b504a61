package obnam.engine;

/// Who does something that is recorded.
///
/// @param host name of this machine
/// @param user name of the user
public record Actor(String host, String user) {}
