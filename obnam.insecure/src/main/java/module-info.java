/// A key deriver for tests that takes no time and protects nothing. A module of its own, because a module that
/// provides something is put on the module path of tests, and because the tests of the whole program load it as a
/// plugin.
///
/// @provides obnam.api.KeyDeriver `testkit-cheap`
@org.jspecify.annotations.NullMarked
module obnam.insecure {
    requires static org.jspecify;
    requires obnam.api;

    provides obnam.api.KeyDeriver with
            obnam.insecure.CheapKeyDeriver;
}
