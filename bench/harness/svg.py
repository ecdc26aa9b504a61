"""Draws line charts as SVG."""

import math
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 420, 330
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 34, 82
COLOURS = ("#1f6fb4", "#c8501e", "#3a8f3a", "#7a4fa3")


@dataclass(frozen=True)
class Chart:
    """One chart: a logarithmic x axis, a logarithmic or linear y axis from zero, and lines of (x, y) points."""

    title: str
    x: str
    y: str
    logarithmic: bool
    lines: dict[str, list[tuple[float, float]]]

    def _scales(self):
        points = [point for line in self.lines.values() for point in line]
        xs = [math.log10(x) for x, _ in points]
        x_low, x_high = min(xs), max(max(xs), min(xs) + 0.1)
        ys = [y for _, y in points]
        if self.logarithmic:
            y_low, y_high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)) + 1e-9)
        else:
            y_low, y_high = 0.0, max(ys) * 1.15
        width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

        def place(x: float, y: float) -> tuple[float, float]:
            value = math.log10(y) if self.logarithmic else y
            return (LEFT + (math.log10(x) - x_low) / (x_high - x_low) * width,
                    TOP + height - (value - y_low) / (y_high - y_low) * height)
        marks = [10.0 ** e for e in range(int(y_low), int(y_high) + 1)] if self.logarithmic else nice_marks(y_high)
        return place, marks, sorted({x for x, _ in points})

    def draw(self) -> str:
        """The chart's elements, with the origin at its upper left corner."""
        place, marks, xs = self._scales()
        parts = [text(WIDTH / 2, 18, self.title, "middle", 13), text(WIDTH / 2, HEIGHT - BOTTOM + 30, self.x, "middle"),
                 f'<text transform="translate(13,{(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" '
                 f'text-anchor="middle">{escape(self.y)}</text>']
        for mark in marks:
            _, y = place(xs[0], mark)
            parts += [line(LEFT, y, WIDTH - RIGHT, y), text(LEFT - 5, y + 4, short(mark), "end")]
        for x in xs:
            at, _ = place(x, marks[-1])
            parts += [line(at, TOP, at, HEIGHT - BOTTOM), text(at, HEIGHT - BOTTOM + 15, short(x), "middle")]
        for i, (colour, (name, points)) in enumerate(zip(COLOURS, self.lines.items())):
            parts += self._line(place, colour, points)
            place_x, place_y = LEFT + i % 2 * WIDTH / 2.2, HEIGHT - BOTTOM + 50 + i // 2 * 16
            parts.append(text(place_x, place_y, f"● {name}", "start", 11, colour))
        return "\n".join(parts)

    @staticmethod
    def _line(place, colour: str, points: list[tuple[float, float]]) -> list[str]:
        places = [place(x, y) for x, y in sorted(points)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        return [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>', *dots]


def nice_marks(highest: float) -> list[float]:
    """Round numbers from zero up to at most `highest`, about five."""
    raw = highest / 5
    power = 10 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw)
    return [step * i for i in range(int(highest / step) + 1)]


def short(value: float) -> str:
    """A number with k, M for thousands and millions."""
    for limit, sign in ((1e6, "M"), (1e3, "k")):
        if value >= limit:
            return f"{value / limit:g}{sign}"
    return f"{value:g}"


def text(x: float, y: float, content: str, anchor: str, size: int = 11, colour: str = "#333") -> str:
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}">'
            f"{escape(content)}</text>")


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def page(charts: list[Chart]) -> str:
    """A whole file: two charts in a row."""
    rows = (len(charts) + 1) // 2
    groups = [f'<g transform="translate({i % 2 * WIDTH},{i // 2 * HEIGHT})">\n{chart.draw()}\n</g>'
              for i, chart in enumerate(charts)]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * WIDTH}" height="{rows * HEIGHT}" '
            'font-family="sans-serif" font-size="11">\n<rect width="100%" height="100%" fill="white"/>\n'
            + "\n".join(groups) + "\n</svg>\n")
