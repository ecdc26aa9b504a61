package model;

/// One thing done otherwise than the protocol says. Each makes the protocol wrong, and the explorer has to show how.
enum Fault {
    NO_VALIDATION("the backup puts its SNAPSHOT without looking again"),
    NO_NOTICE("the backup looks again but puts no NOTICE"),
    REHOME_NOT_VALIDATED("after giving chunks a new home the backup does not look again"),
    BACKUP_LISTS_PACKS_FIRST("the backup lists packs before condemned sets"),
    BACKUP_LISTS_ALL_AT_ONCE("the backup takes one listing of condemned sets and packs for atomic"),
    PRUNE_LISTS_ROOTS_FIRST("the prune lists the roots before it condemns"),
    PRUNE_LISTS_SNAPSHOTS_FIRST("the prune lists snapshots before notices"),
    PRUNE_LISTS_ROOTS_AT_ONCE("the prune takes one listing of notices and snapshots for atomic"),
    PRUNE_LISTS_PACKS_FIRST("the prune lists packs before condemned sets"),
    OWN_SET_ONLY("the prune does not look at the condemned sets of others"),
    RESCUE_INTO_CONDEMNED("a chunk is taken for rescued when another pack holds it, condemned or not"),
    SET_REMOVED_FIRST("the condemned set is removed before its packs"),
    UNCONDEMNING("a take-over saves a chunk by taking its pack out of the condemned set"),
    NO_RESCUE_FOR_NOTICES("a chunk that only a notice reaches is not moved"),
    NOTICE_NOT_CHECKED("the owner does not see that its notice was dropped"),
    PARENT_UNCHECKED("trees of the parent are taken over without looking again"),
    PARENT_BEFORE_NOTICE("the parent is looked at before the notice is put"),
    PARENT_STANDS_BY_ITS_LIST("the parent stands when none of the packs it once had is condemned"),
    FORGOTTEN_PARENT("a parent with a forget record counts as long as it is listed"),
    UNFINISHED_PARENT("a parent counts although its run may have died before it looked at its notice"),
    INDEX_DROPS_OTHERS("a new INDEX replaces all that are listed by then, read or not"),
    OLD_INDEX_FIRST("the INDEX replaced is deleted before the new one is put"),
    SOURCE_BEFORE_INDEX("the pack emptied is deleted before the INDEX of the new one is put"),
    SNAPSHOT_BEFORE_INDEX("the backup puts its INDEX after its SNAPSHOT"),
    HOLES_END_A_PRUNE("a pack that an INDEX knows and that is not there ends a prune"),
    NOTICE_ENDS_A_PRUNE("a chunk missing under a notice ends a prune"),
    SNAPSHOT_ENDS_A_PRUNE("a chunk missing under the snapshot of a run that lost its notice ends a prune"),
    NO_TAKE_OVER("nobody finishes the condemned set of another");

    final String meaning;

    /// Whether it loses nothing, but leaves the store so that prunes do not end or do not clean.
    boolean blocks() {
        return switch (this) {
            case HOLES_END_A_PRUNE, NOTICE_ENDS_A_PRUNE, SNAPSHOT_ENDS_A_PRUNE, NO_TAKE_OVER -> true;
            default -> false;
        };
    }

    Fault(String meaning) {
        this.meaning = meaning;
    }
}
