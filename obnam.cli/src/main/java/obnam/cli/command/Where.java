package obnam.cli.command;

import obnam.cli.settings.RepositoryLocation;

/// Which repository a command works on.
///
/// @param location where it is
/// @param embeddedDefault whether nobody named it, so that it is the one in the user's home
record Where(RepositoryLocation location, boolean embeddedDefault) {}
