package model;

import java.util.Optional;

/// What has to hold in every world.
interface Check {

    /// What is broken, if anything is.
    Optional<String> broken(World world);
}
