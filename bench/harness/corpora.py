"""The data that are backed up, and the changes made to them between backups."""

import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from .jdk import java
from .measure import must

GENERATOR = Path(__file__).parent.parent / "Corpora.java"
DATABASE = "index.db"
PAGE = 8192
CHANGED_PAGES = 0.005
INSERTIONS = 50


@dataclass(frozen=True)
class Scale:
    """How large the corpora are that we make ourselves."""

    database: int
    media_files: int
    media_bytes: int
    small_directories: int
    small_files: int


FULL = Scale(4 << 30, 300, 10_737_418, 10_000, 100)
SMOKE = Scale(64 << 20, 10, 2_000_000, 20, 50)


def generate(*arguments: object) -> None:
    """Runs the generator; its head says what it can do."""
    must([java(), str(GENERATOR), *map(str, arguments)])


class Corpora:
    """`folder` has one directory for each corpus: src, big, media, million. One that is there is used as it is."""

    def __init__(self, folder: Path, scale: Scale, tree: Path | None):
        self._folder = folder
        self._scale = scale
        self._tree = tree
        self._undo = folder / "changed-pages.undo"
        self._kept = folder / "before-insertions.db"

    def path(self, name: str) -> Path:
        """The absolute path of a corpus."""
        return self._folder / (f"src-{self._tree.name}" if name == "src" and self._tree else name)

    @property
    def database(self) -> Path:
        """The one file of the corpus big."""
        return self.path("big") / DATABASE

    def prepare(self, name: str) -> None:
        """Makes the corpus if it is not there, and takes back what an interrupted run has left changed."""
        target = self.path(name)
        if not target.exists():
            print(f"making the corpus {name} in {target}", flush=True)
            unfinished = self._folder / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir(parents=True)
            getattr(self, f"_make_{name}")(unfinished)
            unfinished.rename(target)
        self.reset(name)

    def reset(self, name: str) -> None:
        """Takes all changes back and makes a newest file, since borg remembers no state of the newest one."""
        if name == "big":
            if self._kept.exists():
                os.replace(self._kept, self.database)
            if self._undo.exists():
                generate("undo", self.database, self._undo)
        self._stamp(name)

    def touch(self) -> None:
        """Gives the database a new time of modification and changes nothing else."""
        os.utime(self.database)
        self._stamp("big")

    def change_pages(self) -> None:
        """A new entry at the front of 0.5 % of the database's pages, in place."""
        pages = round(self.database.stat().st_size / PAGE * CHANGED_PAGES)
        generate("change-pages", self.database, pages, 1, self._undo)
        self._stamp("big")

    def insert(self) -> None:
        """The database with 50 insertions, in place of the original."""
        self.reset("big")
        os.replace(self.database, self._kept)
        generate("insert", self._kept, self.database, INSERTIONS, 2)
        self._stamp("big")

    def _stamp(self, name: str) -> None:
        time.sleep(0.05)  # so that it is newer than the change before it, on any clock of a file system
        (self.path(name) / "stamp").write_text(f"{time.time_ns()}\n")
        time.sleep(0.05)

    def _make_src(self, target: Path) -> None:
        if self._tree:
            must(["cp", "-a", f"{self._tree}/.", str(target)])
        elif self._scale is SMOKE:
            generate("small-files", target, 40, 50, 4)
        elif shutil.which("apt-get"):
            self._kernel_source(target)
        else:
            raise SystemExit("no kernel source: there is no apt-get; name some source tree with --tree")

    def _kernel_source(self, target: Path) -> None:
        """The kernel source as Debian packages it."""
        depends = must(["apt-cache", "depends", "linux-source"])
        package = next(line.split()[-1] for line in depends.splitlines() if "Depends:" in line)
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            must(["apt-get", "download", "-q", package], cwd=folder)
            archive = next(Path(folder).glob("*.deb"))
            must(["dpkg-deb", "-x", str(archive), f"{folder}/content"])
            source = next(Path(folder).glob("content/usr/src/linux-source-*.tar.xz"))
            must(["tar", "-xf", str(source), "-C", str(target), "--strip-components=1", "--no-same-owner"])

    def _make_big(self, target: Path) -> None:
        generate("database", target / DATABASE, self._scale.database, 1)

    def _make_media(self, target: Path) -> None:
        generate("random", target, self._scale.media_files, self._scale.media_bytes, 2)

    def _make_million(self, target: Path) -> None:
        generate("small-files", target, self._scale.small_directories, self._scale.small_files, 3)
