"""Builds and starts the Java programs of the folder jmh."""

import os
import tempfile
from functools import cache
from pathlib import Path

from .jdk import java
from .machine import CHECKOUT
from .measure import must

MODULE = CHECKOUT / "bench" / "jmh"
NOT_HERE = ("-Xlog:", "-Xshare:", "-XX:+DisplayVMOutputToStderr", "--enable-native-access=")


def build() -> None:
    """Compiles it, and the program, if that was not done yet; after a change: mvn package."""
    if not (MODULE / "target" / "lib").is_dir() or not (CHECKOUT / "target" / "obnam" / "obnam").exists():
        must(["mvn", "-q", "-B", "-pl", "bench/jmh,obnam.cli", "-am", "package", "-Dmaven.test.skip=true"], cwd=CHECKOUT,
             env=os.environ | {"JAVA_HOME": str(Path(java()).parent.parent)})


@cache
def launcher_options() -> tuple[str, ...]:
    """The JVM's options as the launcher gives them, since what is measured under others says little about the program.

    A stand-in for the JVM tells them. What belongs to modules, logs and the start-up cache is left out.
    """
    with tempfile.TemporaryDirectory() as folder:
        stand_in = Path(folder) / "bin" / "java"
        stand_in.parent.mkdir()
        stand_in.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
        stand_in.chmod(0o755)
        (Path(folder) / "release").write_text('JAVA_VERSION="25.0.0"\n')
        environment = {name: value for name, value in os.environ.items() if not name.startswith("OBNAM_")}
        told = must([str(CHECKOUT / "obnam")], env=environment | {"JAVA_HOME": folder, "OBNAM_AOT": "off"}).splitlines()
    options = told[:told.index("-p")]
    kept = [option for option in options if not option.startswith(NOT_HERE)]
    return *kept, "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"


def command(main: str, *arguments: object, options: tuple[str, ...] | None = None) -> list[str]:
    """The command that starts a main class; `options` in place of the launcher's."""
    target = MODULE / "target"
    chosen = launcher_options() if options is None else options
    return [java(), *chosen, "-cp", f"{target}/classes:{target}/lib/*", main, *map(str, arguments)]
