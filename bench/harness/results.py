"""Keeps what was measured: a file of tab-separated values, with the machine's description in lines that begin with #."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .measure import MIB, Usage

COLUMNS = ["corpus", "operation", "tool", "round", "code", "wall_s", "user_s", "system_s", "peak_mib", "read_mib",
           "written_mib", "repository_bytes", "added_bytes", "machine_busy_s"]


@dataclass(frozen=True)
class Sample:
    """One command. `stored` is the size of the repository afterwards, `added` by how much it grew, in bytes."""

    corpus: str
    operation: str
    tool: str
    round: int
    code: int
    usage: Usage
    stored: int
    added: int

    def row(self) -> list[str]:
        u = self.usage
        return [self.corpus, self.operation, self.tool, str(self.round), str(self.code), f"{u.wall:.3f}",
                f"{u.user:.2f}", f"{u.system:.2f}", f"{u.peak / MIB:.1f}", f"{u.read / MIB:.0f}",
                f"{u.written / MIB:.0f}", str(self.stored), str(self.added), f"{u.busy:.1f}"]

    @staticmethod
    def of(row: dict[str, str]) -> "Sample":
        usage = Usage(int(row["code"]), float(row["wall_s"]), float(row["user_s"]), float(row["system_s"]),
                      round(float(row["peak_mib"]) * MIB), int(row["read_mib"]) * MIB, int(row["written_mib"]) * MIB,
                      float(row["machine_busy_s"]))
        return Sample(row["corpus"], row["operation"], row["tool"], int(row["round"]), int(row["code"]), usage,
                      int(row["repository_bytes"]), int(row["added_bytes"]))


class Results:
    """All samples of a run. `facts` describe the machine, the tools and the corpora."""

    def __init__(self, facts: dict[str, str], file: Path | None = None):
        self.facts = facts
        self.samples: list[Sample] = []
        self._by_key: dict[tuple[str, str, str], list[Sample]] = defaultdict(list)
        self._file = file
        if file:
            with open(file, "w", encoding="utf-8") as out:
                out.writelines(f"# {name}\t{value}\n" for name, value in facts.items())
                out.write("\t".join(COLUMNS) + "\n")

    @staticmethod
    def load(*files: Path) -> "Results":
        """Reads what runs have written. A fact that differs between them is given with all its values."""
        facts: dict[str, list[str]] = defaultdict(list)
        samples: list[Sample] = []
        for file in files:
            lines = file.read_text(encoding="utf-8").splitlines()
            for name, value in (line[2:].split("\t", 1) for line in lines if line.startswith("# ")):
                if value not in facts[name]:
                    facts[name].append(value)
            rows = csv.DictReader((line for line in lines if not line.startswith("# ")), delimiter="\t")
            samples.extend(Sample.of(row) for row in rows)
        results = Results({name: "; ".join(values) for name, values in facts.items()})
        for sample in samples:
            results._keep(sample)
        return results

    def add(self, sample: Sample) -> None:
        """Keeps a sample, on disk at once, and says so."""
        self._keep(sample)
        if self._file:
            with open(self._file, "a", encoding="utf-8") as out:
                out.write("\t".join(sample.row()) + "\n")
        u = sample.usage
        state = "" if sample.code == 0 else f"  FAILED ({sample.code})"
        print(f"    {sample.operation:<10} {sample.tool:<10} {u.wall:8.2f} s  cpu {u.user + u.system:7.2f} s"
              f"  peak {u.peak / MIB:5.0f} MiB  added {sample.added / 1e6:8.1f} MB{state}", flush=True)

    def _keep(self, sample: Sample) -> None:
        self.samples.append(sample)
        self._by_key[sample.corpus, sample.operation, sample.tool].append(sample)

    def of(self, corpus: str, operation: str, tool: str) -> list[Sample]:
        """The samples of one operation by one tool, in the order they were made."""
        return self._by_key.get((corpus, operation, tool), [])

    def wall(self, corpus: str, operation: str, tool: str) -> float | None:
        """Median time in seconds; None if it was not measured or failed once."""
        return self._median(corpus, operation, tool, lambda sample: sample.usage.wall)

    def added(self, corpus: str, operation: str, tool: str) -> float | None:
        """Median of the bytes by which the repository grew."""
        return self._median(corpus, operation, tool, lambda sample: sample.added)

    def stored(self, corpus: str, operation: str, tool: str) -> float | None:
        """Median size of the repository afterwards, in bytes."""
        return self._median(corpus, operation, tool, lambda sample: sample.stored)

    def peak(self, corpus: str, operation: str, tool: str) -> float | None:
        """The highest peak of memory of all rounds, in bytes."""
        samples = self.of(corpus, operation, tool)
        return max(sample.usage.peak for sample in samples) if samples else None

    def _median(self, corpus: str, operation: str, tool: str, value) -> float | None:
        samples = self.of(corpus, operation, tool)
        if not samples or any(sample.code != 0 for sample in samples):
            return None
        return median(value(sample) for sample in samples)
