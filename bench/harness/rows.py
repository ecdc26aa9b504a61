"""The rows of the table and what each must reach."""

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class OfBestPeer:
    """At most this share of the best peer's value."""

    share: float


@dataclass(frozen=True)
class OfFloor:
    """At most so many times what the named floor takes."""

    times: float
    floor: str


@dataclass(frozen=True)
class AtMost:
    """An absolute limit, in the unit of the row's metric."""

    value: float


@dataclass(frozen=True)
class OfScanLimit:
    """At least this share of the rate cores / (1/h + 1/c): h, c are what a core hashes and chunks a second."""

    share: float


Limit = OfBestPeer | OfFloor | AtMost | OfScanLimit


@dataclass(frozen=True)
class Row:
    """One row. `metric` is wall (seconds), stored or added (bytes). With `any_limit`, one of the limits is enough."""

    id: str
    label: str
    corpus: str
    operation: str
    limits: tuple[Limit, ...]
    metric: str = "wall"
    any_limit: bool = False


RESTORE = (OfBestPeer(0.6), OfFloor(1.3, "cp -a"))
QUICK = (AtMost(0.3),)
PEAK_MEMORY = 400 << 20

ROWS = (
    Row("kernel-first", "kernel source, first backup", "src", "first", (OfBestPeer(1 / 3),)),
    Row("kernel-size", "kernel source, repository", "src", "first", (OfBestPeer(0.85),), metric="stored"),
    Row("big-first", "4 GiB file, first backup", "big", "first", (OfBestPeer(0.45),)),
    Row("big-pages", "4 GiB file, 0.5 % of pages changed", "big", "pages", (OfBestPeer(0.25), OfScanLimit(0.7))),
    Row("big-pages-added", "4 GiB file, 0.5 % of pages changed, added", "big", "pages", (OfBestPeer(0.15),),
        metric="added"),
    Row("big-insertions", "4 GiB file, 50 insertions", "big", "insertions", (OfBestPeer(0.4),)),
    Row("big-touched", "4 GiB file, touched only", "big", "touched", (OfScanLimit(0.7),)),
    Row("kernel-nochange", "kernel source, no change", "src", "nochange", (OfBestPeer(0.22),)),
    Row("million-first", "1,000,000 small files, first backup", "million", "first", (OfBestPeer(0.3),)),
    Row("million-nochange", "1,000,000 small files, no change", "million", "nochange",
        (OfBestPeer(0.26), OfFloor(2, "find"))),
    Row("media-first", "incompressible 3 GiB, first backup", "media", "first",
        (OfBestPeer(0.6), OfFloor(1 / 0.9, "dd")), any_limit=True),
    Row("kernel-restore", "kernel source, restore", "src", "restore", RESTORE),
    Row("big-restore", "4 GiB file, restore", "big", "restore", RESTORE),
    Row("million-restore", "1,000,000 small files, restore", "million", "restore", RESTORE),
    Row("media-restore", "incompressible 3 GiB, restore", "media", "restore", RESTORE),
    Row("kernel-snapshots", "`snapshots`, kernel source", "src", "snapshots", QUICK),
    Row("kernel-ls", "`ls` of one directory, kernel source", "src", "ls", QUICK),
    Row("million-snapshots", "`snapshots`, 1,000,000 small files", "million", "snapshots", QUICK),
    Row("million-ls", "`ls` of one directory, 1,000,000 small files", "million", "ls", QUICK),
    Row("kernel-version", "`version`", "src", "version", QUICK),
)


def matching(patterns: list[str]) -> list[Row]:
    """The rows whose ids match one of the patterns (as of file names); all if there are none."""
    if not patterns:
        return list(ROWS)
    chosen = [row for row in ROWS if any(fnmatchcase(row.id, pattern) for pattern in patterns)]
    if not chosen:
        raise SystemExit("no such row; there are: " + " ".join(row.id for row in ROWS))
    return chosen
