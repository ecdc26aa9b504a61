"""The one table: every row with ours, the peers, the limit and whether it is reached."""

from .measure import MIB
from .report import facts_list, markdown
from .results import Results
from .rows import PEAK_MEMORY, ROWS, AtMost, Limit, OfBestPeer, OfFloor, OfScanLimit, Row
from .tools import OURS

FLOORS = {"find", "cp -a", "dd"}


class Table:
    """Works out the rows from results."""

    def __init__(self, results: Results):
        self._results = results
        names = dict.fromkeys(sample.tool for sample in results.samples)
        self._peers = sorted(name for name in names if name != OURS and name not in FLOORS)

    def markdown(self) -> str:
        """The table, with the facts below it."""
        head = ["work", "ours", *self._peers, "best peer", "ours / best", "limit", "reached", "MB added: ours",
                "peers", "peak MiB: ours", "peers"]
        rows = [self._cells(row) for row in ROWS if self._measured(row)] + [self._memory(len(head))]
        note = (f"Medians of {self._rounds()} rounds, wall time in seconds unless a unit is given (MB: 10^6 bytes); in brackets the "
                "least and the greatest of ours. Peak memory: the highest of all rounds, of the largest process. MB added "
                "and peak memory of the peers are in the order of their columns.")
        facts = self._results.facts
        remark = f"**{facts['remark']}**\n\n" if "remark" in facts else ""
        return f"{remark}{markdown(head, rows)}\n{note}\n\n{facts_list(facts)}"

    def _rounds(self) -> str:
        """How many rounds; where that differs, for each corpus and tool that has fewer."""
        counts: dict[str, int] = {}
        for sample in self._results.samples:
            name = f"{sample.tool} over {sample.corpus}"
            counts[name] = max(counts.get(name, 0), sample.round)
        most = max(counts.values(), default=0)
        fewer = ", ".join(f"{name}: {count}" for name, count in counts.items() if count < most)
        return f"{most} ({fewer})" if fewer else str(most)

    def _measured(self, row: Row) -> bool:
        return any(self._results.of(row.corpus, row.operation, tool) for tool in (OURS, *self._peers))

    def _value(self, row: Row, tool: str) -> float | None:
        return getattr(self._results, row.metric)(row.corpus, row.operation, tool)

    def _best(self, row: Row) -> tuple[float, str] | None:
        values = [(self._value(row, peer), peer) for peer in self._peers]
        return min(((value, peer) for value, peer in values if value is not None), default=None)

    def _cells(self, row: Row) -> list[str]:
        ours = self._value(row, OURS)
        best = self._best(row)
        verdicts = [self._verdict(row, limit, ours, best) for limit in row.limits]
        states = [state for _, state in verdicts]
        joiner = " or " if row.any_limit else " and "
        if self._failed(row, OURS):
            states = [False]
        return [row.label, self._ours(row, ours), *(self._cell(row, peer) for peer in self._peers),
                f"{best[1]} {self._text(row, best[0])}" if best else "–",
                f"{ours / best[0]:.2f}" if ours is not None and best else "–",
                joiner.join(text for text, _ in verdicts), self._reached(states, row.any_limit), *self._beside(row)]

    @staticmethod
    def _reached(states: list[bool | None], any_limit: bool) -> str:
        if any_limit and True in states:
            return "yes"
        if None in states:
            return "**no**" if False in states and not any_limit else "not known"
        return "yes" if all(states) else "**no**"

    def _verdict(self, row: Row, limit: Limit, ours: float | None,
                 best: tuple[float, str] | None) -> tuple[str, bool | None]:
        """The limit as text, and whether it is reached; None where that cannot be said."""
        match limit:
            case OfBestPeer(share):
                name, value, now = f"{share:.2f} of the best peer", share * best[0] if best else None, ""
            case OfFloor(times, floor):
                of = self._results.wall(row.corpus, row.operation, floor)
                name, value = f"{times:.2f} × {floor}", times * of if of else None
                now = f"; is {ours / of:.2f} ×" if ours and of else ""
            case AtMost(seconds):
                name, value, now = "at most", seconds, ""
            case OfScanLimit(share):
                of = self._scan_seconds()
                name, value = f"{share:.0%} of cores / (1/h + 1/c)", of / share if of else None
                now = f"; is {of / ours:.0%}" if ours and of else ""
        if value is None or ours is None:
            return name, None
        return f"{name} ({self._text(row, value)}{now})", ours <= value

    def _scan_seconds(self) -> float | None:
        """The time that hashing and chunking the 4 GiB file takes if all cores do nothing else."""
        facts = self._results.facts
        if "hash rate" not in facts:
            return None
        a_core = 1 / float(facts["hash rate"]) + 1 / float(facts["chunk rate"])
        return float(facts["big bytes"]) * a_core / int(facts["cores"])

    def _failed(self, row: Row, tool: str) -> bool:
        return any(sample.code != 0 for sample in self._results.of(row.corpus, row.operation, tool))

    def _cell(self, row: Row, tool: str) -> str:
        return "failed" if self._failed(row, tool) else self._text(row, self._value(row, tool))

    def _ours(self, row: Row, value: float | None) -> str:
        samples = self._results.of(row.corpus, row.operation, OURS)
        if value is None or row.metric != "wall" or len(samples) == 1:
            return self._cell(row, OURS)
        walls = [sample.usage.wall for sample in samples]
        return f"**{value:.2f}** ({min(walls):.2f}–{max(walls):.2f})"

    @staticmethod
    def _text(row: Row, value: float | None) -> str:
        if value is None:
            return "–"
        return f"{value:.2f}" if row.metric == "wall" else f"{value / 1e6:.1f} MB"

    def _beside(self, row: Row) -> list[str]:
        """Bytes added and peak memory, of ours and of the peers."""
        def each(of, text) -> tuple[str, str]:
            ours, *peers = (of(row.corpus, row.operation, tool) for tool in (OURS, *self._peers))
            return ("–" if ours is None else text(ours)), ", ".join("–" if p is None else text(p) for p in peers)
        added = each(self._results.added, lambda value: f"{value / 1e6:.1f}")
        peak = each(self._results.peak, lambda value: f"{value / MIB:.0f}")
        return [*added, *peak]

    def _memory(self, columns: int) -> list[str]:
        """The row of the peak memory over all rows."""
        def most(tool: str) -> float | None:
            return max((sample.usage.peak for sample in self._results.samples if sample.tool == tool), default=None)
        peaks = {tool: most(tool) for tool in (OURS, *self._peers)}
        texts = {tool: "–" if peak is None else f"{peak / MIB:.0f} MiB" for tool, peak in peaks.items()}
        ours = peaks[OURS]
        known = [(peaks[peer], peer) for peer in self._peers if peaks[peer] is not None]
        best = min(known, default=None)
        cells = ["peak memory, all rows", texts[OURS], *(texts[peer] for peer in self._peers),
                 f"{best[1]} {texts[best[1]]}" if best else "–",
                 f"{ours / best[0]:.2f}" if ours and best else "–", f"at most {PEAK_MEMORY / MIB:.0f} MiB",
                 "not known" if ours is None else "yes" if ours <= PEAK_MEMORY else "**no**"]
        return cells + [""] * (columns - len(cells))
