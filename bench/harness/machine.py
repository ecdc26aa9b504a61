"""Describes the machine and the programs, so that a reader knows what the figures are worth."""

import os
import platform
import subprocess
from datetime import datetime, timezone
from pathlib import Path

from .jdk import java
from .measure import must
from .tools import Tool

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def _output(command: list[str]) -> str:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout.strip()


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _commit() -> str:
    commit = _output(["git", "-C", str(CHECKOUT), "rev-parse", "--short=12", "HEAD"])
    changed = _output(["git", "-C", str(CHECKOUT), "status", "--porcelain", "--untracked-files=no"])
    return commit + (" with local changes" if changed else "")


def cores() -> int:
    """How many this process and its children may use."""
    return len(os.sched_getaffinity(0))


def describe() -> dict[str, str]:
    """The machine and the commit, for the head of results."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _commit(),
        "processor": _processor(),
        "cores": str(cores()),
        "memory": f"{memory / (1 << 30):.1f} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "Java": _output([java(), "-version"]).split("\n")[-1].strip(),
    }


def describe_run(tools: list[Tool], corpora: Path, volume: str) -> dict[str, str]:
    """As `describe`, with all else that a run of whole programs depends on."""
    return describe() | {
        "file system of the corpora": _output(["findmnt", "-n", "-o", "FSTYPE,OPTIONS", "-T", str(corpora)]),
        "file system of repositories and restores": volume,
    } | {f"version of {tool.name}": tool.version_text() for tool in tools}


def scan_rates(modules: Path) -> dict[str, str]:
    """What one core hashes and chunks, in bytes a second, for the limit of a re-scan."""
    command = [java(), "-p", str(modules), "--add-modules", "ALL-MODULE-PATH", str(CHECKOUT / "bench" / "Rates.java")]
    rates = dict(line.split() for line in must(["taskset", "-c", str(min(os.sched_getaffinity(0))), *command]).splitlines())
    return {f"{stage} rate": rate for stage, rate in rates.items()}
