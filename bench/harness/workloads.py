"""What is done with each corpus, in which order, and measured."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from .corpora import Corpora
from .measure import Usage, read_into_cache, read_metadata, run, size_of
from .results import Results, Sample
from .tools import Place, Tool
from .volume import Volume

ORDER = {
    "src": ["first", "nochange", "snapshots", "ls", "version", "restore"],
    "big": ["first", "touched", "pages", "insertions", "restore"],
    "media": ["first", "restore"],
    "million": ["first", "nochange", "snapshots", "ls", "version", "restore"],
}
REPEATED = {"nochange", "snapshots", "ls", "version"}
REPETITIONS = 3
REPEATED_BELOW_SECONDS = 5.0
DIFFERENT = 99


@dataclass
class Bench:
    """All that a measurement needs. `limit` is the longest that one command may take, in seconds."""

    corpora: Corpora
    volume: Volume
    results: Results
    log: Path
    limit: float


class ToolRun:
    """One tool, one corpus, one round."""

    def __init__(self, bench: Bench, tool: Tool, corpus: str, number: int):
        self._bench = bench
        self._tool = tool
        self._corpus = corpus
        self._round = number
        self._source = bench.corpora.path(corpus)
        self._place = Place(bench.volume.path)
        self._stored = 0
        self._snapshots = 0

    def run(self, wanted: set[str]) -> None:
        """Measures the wanted operations and the first backup, which the others need."""
        self._bench.volume.renew()
        self._bench.corpora.reset(self._corpus)
        for folder in (self._place.state, self._place.restored):
            folder.mkdir()
        try:
            self._do("init", self._tool.init(self._place))
            self._backup("first")
            for operation in ORDER[self._corpus][1:]:
                if operation in wanted:
                    self._operation(operation)
        except Failed as failed:
            print(f"    {failed}", flush=True)
        finally:
            self._bench.corpora.reset(self._corpus)

    def _operation(self, operation: str) -> None:
        tool, place, corpora = self._tool, self._place, self._bench.corpora
        latest = self._name(self._snapshots)
        match operation:
            case "nochange":
                self._repeat(operation, lambda: self._backup(operation))
            case "touched" | "pages" | "insertions":
                {"touched": corpora.touch, "pages": corpora.change_pages, "insertions": corpora.insert}[operation]()
                self._backup(operation)
            case "snapshots":
                self._repeat(operation, lambda: self._do(operation, tool.snapshots(place)))
            case "ls":
                command = tool.ls(place, latest, some_directory(self._source))
                self._repeat(operation, lambda: self._do(operation, command))
            case "version":
                self._repeat(operation, lambda: self._do(operation, tool.version()))
            case "restore":
                read_into_cache(place.repository)
                self._do(operation, tool.restore(place, latest))

    @staticmethod
    def _name(snapshot: int) -> str:
        return f"s{snapshot}"

    def _repeat(self, operation: str, once: Callable[[], Usage]) -> None:
        for _ in range(REPETITIONS):
            if once().wall > REPEATED_BELOW_SECONDS:
                break

    def _backup(self, operation: str) -> Usage:
        (read_metadata if operation == "nochange" else read_into_cache)(self._source)
        self._snapshots += 1
        return self._do(operation, self._tool.backup(self._place, self._source, self._name(self._snapshots)))

    def _do(self, operation: str, command: list[str]) -> Usage:
        bench, place = self._bench, self._place
        usage = run(command, self._tool.environment(place), place.restored, bench.log, bench.limit)
        stored = size_of(place.repository)
        code = usage.code
        if code == 0 and operation == "restore" and self._round == 1 and not self._equal():
            code = DIFFERENT
        sample = Sample(self._corpus, operation, self._tool.name, self._round, code, usage, stored, stored - self._stored)
        self._stored = stored
        if operation != "init":
            bench.results.add(sample)
        if code != 0:
            raise Failed(sample, bench.log)
        return usage

    def _equal(self) -> bool:
        """Whether what was restored equals its source, in names and contents."""
        restored = Path(f"{self._place.restored}{self._source}")
        compared = subprocess.run(["diff", "-rq", "--no-dereference", str(self._source), str(restored)],
                                  stdout=subprocess.DEVNULL, check=False)
        return compared.returncode == 0


class Failed(Exception):
    """An operation did not succeed, so what builds on it is left out."""

    def __init__(self, sample: Sample, log: Path):
        text = log.read_text(errors="replace").strip().split("\n")[-3:]
        why = "what was restored differs" if sample.code == DIFFERENT else f"exit code {sample.code}"
        super().__init__(f"{sample.tool} {sample.corpus} {sample.operation}: {why}\n    " + "\n    ".join(text))


def some_directory(tree: Path) -> Path:
    """A directory two levels down, or as deep as there is one: the first by name each time."""
    for _ in range(2):
        below = sorted(entry.path for entry in os.scandir(tree) if entry.is_dir(follow_symlinks=False))
        tree = Path(below[0]) if below else tree
    return tree


def floors(bench: Bench, corpus: str, number: int, wanted: set[str]) -> None:
    """What the machine itself takes for the same: a walk, a copy, a write that is waited for."""
    bench.volume.renew()
    bench.corpora.reset(corpus)
    source = bench.corpora.path(corpus)
    target = bench.volume.path / "floor"

    def floor(operation: str, name: str, command: list[str]) -> Usage:
        usage = run(command, dict(os.environ), bench.volume.path, bench.log, bench.limit)
        bench.results.add(Sample(corpus, operation, name, number, usage.code, usage, 0, 0))
        return usage

    if "nochange" in wanted:
        for _ in range(REPETITIONS):
            read_metadata(source)
            floor("nochange", "find", ["find", str(source), "-printf", "%s %T@ %C@ %i\n"])
    if "first" in wanted and corpus == "media":
        mebibytes = size_of(source) >> 20
        floor("first", "dd", ["dd", "if=/dev/zero", f"of={target}", "bs=1M", f"count={mebibytes}", "conv=fdatasync"])
        target.unlink()
    if "restore" in wanted:
        read_into_cache(source)
        floor("restore", "cp -a", ["cp", "-a", str(source), str(target)])
