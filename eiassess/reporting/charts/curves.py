"""Option curves, drawn on the server: what people of each fifth of the score did with each option on average.

Lines are told apart by their labels and dashes, never by colour alone; classes and attributes as in the interval chart.
"""

from dataclasses import dataclass

from markupsafe import Markup

from eiassess.domain.curves import CurveChart, CurveLine
from eiassess.reporting.charts.palette import ACCENT, INK, LINE, MUTED, PAPER, TYPEFACE
from eiassess.reporting.charts.svg import element

_SMALL = 12
_TOP, _PLOT, _FOOT = 26.0, 190.0, 46.0
_LEFT, _LABELS, _KEYS = 64.0, 30.0, 34.0
_NEXT_LABEL = 13.0
_DASHES = ("none", "7 4", "2 4", "10 3 2 3", "5 2", "1 3")


@dataclass(frozen=True)
class _Plot:
    chart: CurveChart
    width: int

    @property
    def right(self) -> float:
        """Where the plot ends and the labels begin."""
        return self.width - _LABELS - _KEYS

    @property
    def key_x(self) -> float:
        return self.width - _KEYS

    def x(self, fifth: int) -> float:
        """Place a fifth, from 0."""
        return _LEFT + 10 + (self.right - _LEFT - 20) * fifth / (len(self.chart.sizes) - 1)

    def y(self, value: float) -> float:
        """Place a value."""
        return _TOP + _PLOT * (self.chart.top - value) / (self.chart.top - self.chart.bottom)


def curve_chart_svg(chart: CurveChart, *, width: int = 640, element_id: str = "curves") -> Markup:
    """Draw option curves.

    Parameters
    ----------
    chart
        What to draw.
    width
        Width in CSS pixels.
    element_id
        The id of the drawing, unique on its page; the title's and description's ids are made from it.

    Returns
    -------
    Markup
        An ``<svg>`` element, named for those who cannot see it by its title and description.
    """
    plot, height = _Plot(chart, width), round(_TOP + _PLOT + _FOOT)
    lines = [_line(plot, line, _DASHES[number % len(_DASHES)]) for number, line in enumerate(chart.lines)]
    title = element("title", chart.title, id=f"{element_id}-title")
    description = element("desc", chart.summary, id=f"{element_id}-desc")
    return element(
        "svg", title, description, _grid(plot), _fifths(plot), *lines, _labels(plot), _keys(plot),
        xmlns="http://www.w3.org/2000/svg", id=element_id, class_="chart", role="img",
        aria_labelledby=f"{element_id}-title {element_id}-desc",
        width=width, height=height, viewBox=Markup("0 0 {} {}").format(width, height), font_family=TYPEFACE,
    )  # fmt: skip


def _grid(plot: _Plot) -> Markup:
    parts = []
    for value, words in plot.chart.ticks:
        y = plot.y(value)
        parts.append(
            element("line", class_="chart-grid", x1=_LEFT, y1=y, x2=plot.right, y2=y, stroke=LINE, stroke_width=1)
        )
        parts.append(_text(words, _LEFT - 8, y + 4, anchor="end", muted=True))
    return element("g", *parts)


def _fifths(plot: _Plot) -> Markup:
    """Name the fifths below the plot, each with its people."""
    last, y = len(plot.chart.sizes) - 1, _TOP + _PLOT
    names = {0: "lowest", last: "highest"}
    parts = []
    for fifth, size in enumerate(plot.chart.sizes):
        parts.append(_text(names.get(fifth, str(fifth + 1)), plot.x(fifth), y + 18, anchor="middle", muted=True))
        parts.append(_text(f"n {size}", plot.x(fifth), y + 34, anchor="middle", muted=True))
    return element("g", *parts)


def _line(plot: _Plot, line: CurveLine, dash: str) -> Markup:
    places = [(plot.x(fifth), plot.y(value)) for fifth, value in enumerate(line.values) if value is not None]
    path = "".join(f"{'L' if number else 'M'}{x:.1f} {y:.1f}" for number, (x, y) in enumerate(places))
    drawn = element(
        "path", class_="chart-interval", d=path, fill="none", stroke=ACCENT, stroke_width=2, stroke_dasharray=dash
    )
    dots = [
        element("circle", class_="chart-dot", cx=x, cy=y, r=3.5, fill=ACCENT, stroke=PAPER, stroke_width=1)
        for x, y in places
    ]
    return element("g", element("title", _in_words(line)), drawn, *dots)


def _in_words(line: CurveLine) -> str:
    means = ", ".join("nobody" if value is None else f"{value:.2f}" for value in line.values)
    return f"{line.label}: {means}" + ("" if line.key is None else f"; key {line.key:.1f}")


def _labels(plot: _Plot) -> Markup:
    """Write each label at its line's end, moved apart where lines end together."""
    ends = {line.label: plot.y(known[-1]) for line in plot.chart.lines if (known := _known(line))}
    x = plot.right + 4
    return element("g", *(_text(label, x, y + 4, bold=True) for label, y in _apart(ends).items()))


def _keys(plot: _Plot) -> Markup:
    """Mark what the key gives each option, at the right."""
    keys = {line.label: plot.y(line.key) for line in plot.chart.lines if line.key is not None}
    if not keys:
        return Markup("")
    x = plot.key_x
    parts = [_text("key", x, _TOP - 12, muted=True)]
    for label, y in _apart(keys).items():
        at = keys[label]
        parts.append(element("line", class_="chart-key", x1=x, y1=at, x2=x + 10, y2=at, stroke=INK, stroke_width=2))
        parts.append(_text(label, x + 14, y + 4))
    return element("g", *parts)


def _known(line: CurveLine) -> list[float]:
    return [value for value in line.values if value is not None]


def _apart(places: dict[str, float]) -> dict[str, float]:
    """Move labels down until none covers the one above it, and back up where they would leave the plot."""
    moved: dict[str, float] = {}
    lowest = -_NEXT_LABEL
    for label, y in sorted(places.items(), key=lambda each: each[1]):
        lowest = max(y, lowest + _NEXT_LABEL)
        moved[label] = lowest
    room = _TOP + _PLOT
    for label in reversed(moved):
        moved[label] = min(moved[label], room)
        room = moved[label] - _NEXT_LABEL
    return moved


def _text(words: str, x: float, y: float, *, anchor: str = "start", muted: bool = False, bold: bool = False) -> Markup:
    return element(
        "text", words, class_="chart-muted" if muted else "chart-text", x=x, y=y, fill=MUTED if muted else INK,
        font_size=_SMALL, font_weight=600 if bold else 400, text_anchor=anchor,
    )  # fmt: skip
