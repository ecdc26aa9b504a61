"""Runs one command and measures it."""

import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20


@dataclass(frozen=True)
class Usage:
    """What a command took. Times in seconds; `peak` is the memory of its largest process, in bytes.

    `busy` is the processor time of the whole machine meanwhile: far above user + system, something else was running.
    """

    code: int
    wall: float
    user: float
    system: float
    peak: int
    read: int
    written: int
    busy: float


def machine_busy() -> float:
    """Seconds of processor time that the machine has spent on anything since it was started."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    user, nice, system, _idle, _iowait, irq, softirq, steal = fields[:8]
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def run(command: list[str], environment: dict[str, str], directory: Path, log: Path, limit: float) -> Usage:
    """Runs a command to its end, at most `limit` seconds; what it prints goes to `log`.

    Peak memory and disk traffic come from the kernel's account of the process and its descendants (wait4).
    """
    os.sync()
    with open(log, "wb") as output:
        busy = machine_busy()
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, cwd=directory, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True)
        watch = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        watch.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:  # also when a signal ends the benchmark: nothing may go on using the volume
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        finally:
            watch.cancel()
        wall = time.perf_counter() - begin
        busy = machine_busy() - busy
    process.returncode = os.waitstatus_to_exitcode(status)
    return Usage(process.returncode, wall, used.ru_utime, used.ru_stime, used.ru_maxrss * 1024,
                 used.ru_inblock * 512, used.ru_oublock * 512, busy)


def must(command: list[str], **options) -> str:
    """Runs a command that belongs to the set-up and returns its output; ends the benchmark if it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr.strip()}")
    return done.stdout


def read_into_cache(path: Path) -> None:
    """Reads all files below a path, and their metadata, so that every tool finds them in the page cache."""
    subprocess.run(["sh", "-c", 'find "$1" -type f -print0 | xargs -0 -r cat >/dev/null', "sh", str(path)], check=True)


def read_metadata(path: Path) -> None:
    """As `read_into_cache`, but the metadata alone."""
    subprocess.run(["find", str(path), "-printf", "%s %T@ %C@ %i\n"], stdout=subprocess.DEVNULL, check=True)


def size_of(path: Path) -> int:
    """Sum of the lengths of all files below a path, in bytes."""
    total = 0
    for folder, _, files in os.walk(path):
        total += sum(os.lstat(os.path.join(folder, name)).st_size for name in files)
    return total
