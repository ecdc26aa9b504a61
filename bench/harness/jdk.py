"""Finds the JDK 25 that the project needs anyway."""

import os
import shutil
from pathlib import Path


def _is_25(home: Path) -> bool:
    try:
        return 'JAVA_VERSION="25' in (home / "release").read_text()
    except OSError:
        return False


def java() -> str:
    """The path of its `java`."""
    candidates = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    on_path = shutil.which("java")
    if on_path:
        candidates.append(Path(on_path).resolve().parent.parent)
    candidates += sorted(Path("/usr/lib/jvm").glob("*"))
    for home in candidates:
        if _is_25(home):
            return str(home / "bin" / "java")
    raise SystemExit("a JDK 25 is needed and was not found (JAVA_HOME, PATH, /usr/lib/jvm)")
