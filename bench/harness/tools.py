"""The programs that are measured: how each is told to do what."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

OURS = "ours"
PASSPHRASE = "only for the benchmark"


@dataclass(frozen=True)
class Place:
    """Where one tool works: everything it writes is below `volume`."""

    volume: Path

    @property
    def repository(self) -> Path:
        return self.volume / "repository"

    @property
    def state(self) -> Path:
        """Home, configuration, caches."""
        return self.volume / "state"

    @property
    def restored(self) -> Path:
        return self.volume / "restored"


class Tool(Protocol):
    """Commands of one program. `source` is absolute; a restore puts it below `place.restored` with its whole path."""

    name: str

    def version_text(self) -> str: ...
    def environment(self, place: Place) -> dict[str, str]: ...
    def init(self, place: Place) -> list[str]: ...
    def backup(self, place: Place, source: Path, snapshot: str) -> list[str]: ...
    def restore(self, place: Place, snapshot: str) -> list[str]: ...
    def snapshots(self, place: Place) -> list[str]: ...
    def ls(self, place: Place, snapshot: str, directory: Path) -> list[str]: ...
    def version(self) -> list[str]: ...


def base_environment(place: Place) -> dict[str, str]:
    """The environment of this process without what could change a tool, and with a home of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "JAVA_HOME", "TMPDIR") if name in os.environ}
    home = place.state
    return kept | {
        "HOME": str(home), "XDG_CONFIG_HOME": f"{home}/config", "XDG_CACHE_HOME": f"{home}/cache",
        "XDG_DATA_HOME": f"{home}/data", "XDG_STATE_HOME": f"{home}/state", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def first_line(command: list[str]) -> str:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return done.stdout.strip().split("\n")[0]


@dataclass(frozen=True)
class Obnam:
    """This project's program. Snapshots have no names of their own; the newest is always meant."""

    command: str
    options: list[str] = field(default_factory=list)
    name: str = OURS

    def version_text(self) -> str:
        return first_line([self.command, "version"])

    def environment(self, place: Place) -> dict[str, str]:
        environment = base_environment(place) | {
            "OBNAM_PASSPHRASE": PASSPHRASE, "OBNAM_REPOSITORY": str(place.repository)}
        return environment | {name: value for name, value in os.environ.items() if name.startswith("OBNAM_JAVA")}

    def init(self, place: Place) -> list[str]:
        return [self.command, "init"]

    def backup(self, place: Place, source: Path, snapshot: str) -> list[str]:
        return [self.command, "backup", *self.options, str(source)]

    def restore(self, place: Place, snapshot: str) -> list[str]:
        return [self.command, "restore", "latest", "--target", str(place.restored)]

    def snapshots(self, place: Place) -> list[str]:
        return [self.command, "snapshots"]

    def ls(self, place: Place, snapshot: str, directory: Path) -> list[str]:
        return [self.command, "ls", f"latest:{directory}"]

    def version(self) -> list[str]:
        return [self.command, "version"]


@dataclass(frozen=True)
class Restic:
    """restic at its default settings, which compress since version 0.14."""

    command: str
    name: str = "restic"

    def version_text(self) -> str:
        return first_line([self.command, "version"])

    def environment(self, place: Place) -> dict[str, str]:
        return base_environment(place) | {
            "RESTIC_PASSWORD": PASSPHRASE, "RESTIC_REPOSITORY": str(place.repository),
            "RESTIC_CACHE_DIR": str(place.state / "cache")}

    def init(self, place: Place) -> list[str]:
        return [self.command, "-q", "init", "--repository-version", "2"]

    def backup(self, place: Place, source: Path, snapshot: str) -> list[str]:
        return [self.command, "-q", "backup", "--tag", snapshot, str(source)]

    def restore(self, place: Place, snapshot: str) -> list[str]:
        return [self.command, "-q", "restore", "latest", "--target", str(place.restored)]

    def snapshots(self, place: Place) -> list[str]:
        return [self.command, "-q", "snapshots"]

    def ls(self, place: Place, snapshot: str, directory: Path) -> list[str]:
        return [self.command, "-q", "ls", "latest", str(directory)]

    def version(self) -> list[str]:
        return [self.command, "version"]


@dataclass(frozen=True)
class Borg:
    """borg 1.x with one of its compressors, key in the repository, BLAKE2 (the faster of its hashes)."""

    command: str
    compression: str
    name: str

    def version_text(self) -> str:
        return f"{first_line([self.command, '--version'])}, compression {self.compression}"

    def environment(self, place: Place) -> dict[str, str]:
        return base_environment(place) | {
            "BORG_PASSPHRASE": PASSPHRASE, "BORG_BASE_DIR": str(place.state), "BORG_REPO": str(place.repository)}

    def init(self, place: Place) -> list[str]:
        return [self.command, "init", "-e", "repokey-blake2"]

    def backup(self, place: Place, source: Path, snapshot: str) -> list[str]:
        return [self.command, "create", "-C", self.compression, f"::{snapshot}", str(source)]

    def restore(self, place: Place, snapshot: str) -> list[str]:
        return [self.command, "extract", f"::{snapshot}"]  # into the current directory, which is place.restored

    def snapshots(self, place: Place) -> list[str]:
        return [self.command, "list"]

    def ls(self, place: Place, snapshot: str, directory: Path) -> list[str]:
        return [self.command, "list", f"::{snapshot}", str(directory).lstrip("/")]

    def version(self) -> list[str]:
        return [self.command, "--version"]


def installed(ours: str, our_options: list[str], peers: dict[str, str]) -> list[Tool]:
    """Ours and all peers that are there. `peers` names the programs to use instead of those in the PATH."""
    tools: list[Tool] = [Obnam(ours, our_options)]
    restic = peers.get("restic") or shutil.which("restic")
    if restic:
        tools.append(Restic(restic))
    borg = peers.get("borg") or shutil.which("borg")
    if borg:
        tools += [Borg(borg, "lz4", "borg-lz4"), Borg(borg, "zstd,3", "borg-zstd")]
    return tools
