"""Writes tables: Markdown for readers, tab-separated values for programs."""

import socket
import time
from pathlib import Path

from .machine import CHECKOUT

Cells = list[list[str]]


def results_path(kind: str) -> Path:
    """Where the results of now belong, without an ending."""
    folder = CHECKOUT / "bench" / "results"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{kind}-{time.strftime('%Y-%m-%d-%H%M')}-{socket.gethostname()}"


def markdown(head: list[str], rows: Cells) -> str:
    """A Markdown table."""
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *rows]) + "\n"


def facts_list(facts: dict[str, str]) -> str:
    """The facts as a Markdown list."""
    return "".join(f"- {name}: {value}\n" for name, value in facts.items())


def save(out: Path, facts: dict[str, str], head: list[str], rows: Cells, text: str) -> None:
    """Writes both files: the rows as `.tsv` with the facts in lines that begin with #, the text as `.md`."""
    out.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"# {name}\t{value}" for name, value in facts.items()] + ["\t".join(cells) for cells in [head, *rows]]
    Path(f"{out}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    Path(f"{out}.md").write_text(text, encoding="utf-8")
    print(f"results: {out}.tsv, {out}.md")
