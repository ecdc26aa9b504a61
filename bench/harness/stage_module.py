"""Builds and starts the Java programs of the folder jmh."""

import os

from .jdk import java
from .machine import CHECKOUT
from .measure import must

MODULE = CHECKOUT / "bench" / "jmh"
CRYPTO = "com.sun.crypto.provider"

# As the launcher has them; what is measured elsewhere under others would say little about the program.
OPTIONS = [
    "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx512m", "-XX:CompileCommand=quiet",
    *(f"-XX:CompileCommand=CompileThresholdScaling,{CRYPTO}.{name}::*,0.02"
      for name in ("GaloisCounterMode", "GCTR", "GHASH", "CounterMode")),
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
]


def build() -> None:
    """Compiles it if that was not done yet; after a change: mvn package."""
    if not (MODULE / "target" / "lib").is_dir():
        home = os.path.dirname(os.path.dirname(java()))
        must(["mvn", "-q", "-B", "-pl", "bench/jmh", "-am", "package", "-Dmaven.test.skip=true"], cwd=CHECKOUT,
             env=os.environ | {"JAVA_HOME": home})


def command(main: str, *arguments: object, options: tuple[str, ...] = tuple(OPTIONS)) -> list[str]:
    """The command that starts a main class."""
    target = MODULE / "target"
    return [java(), *options, "-cp", f"{target}/classes:{target}/lib/*", main, *map(str, arguments)]
