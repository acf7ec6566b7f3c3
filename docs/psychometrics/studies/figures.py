"""Two kinds of chart in the product's visual language, as SVG that follows the reader's light or dark setting."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from markupsafe import Markup

from eiassess.reporting.charts.svg import element, text_width

WIDTH = 680
ROW, HEAD, FOOT = 26, 44, 40
LABELS, LINE = 340, 17
TYPE = "Source Sans Pro, system-ui, -apple-system, Segoe UI, Roboto, DejaVu Sans, sans-serif"
STYLE = """
text { fill: #1b1f24; font-size: 14px } .muted { fill: #57606a; font-size: 12px }
.grid { stroke: #d0d7de } .band { fill: #e7ecf0 } .level { stroke: #57606a; stroke-dasharray: 3 3 }
.s0 { stroke: #0b6e6e; fill: #0b6e6e } .s1 { stroke: #0b6e6e; fill: #ffffff }
.s2 { stroke: #57606a; fill: #57606a } .s3 { stroke: #57606a; fill: #ffffff }
.line { fill: none; stroke-width: 2 } .paper { fill: #ffffff }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .muted { fill: #9da7b3 } .grid { stroke: #30363d } .band { fill: #21262d }
  .level { stroke: #9da7b3 } .s0 { stroke: #4fb3ad; fill: #4fb3ad } .s1 { stroke: #4fb3ad; fill: #0d1117 }
  .s2 { stroke: #9da7b3; fill: #9da7b3 } .s3 { stroke: #9da7b3; fill: #0d1117 }
  .line { fill: none } .paper { fill: #0d1117 }
}
"""
DASHES = ("none", "6 4", "2 3", "10 3 2 3")


@dataclass(frozen=True)
class Axis:
    """A horizontal or vertical scale: its ends, the ticks that are labelled, and what it measures."""

    low: float
    high: float
    ticks: Sequence[float]
    label: str
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """Place a value, cut at the ends, from 0 to 1."""
        cut = min(max(value, self.low), self.high)
        if self.logarithmic:
            return log10(cut / self.low) / log10(self.high / self.low)
        return (cut - self.low) / (self.high - self.low)


def dot_chart(
    title: str,
    axis: Axis,
    series: Sequence[str],
    rows: Sequence[tuple[str, Sequence[float | None]]],
    *,
    band: tuple[float, float] | None = None,
    level: float | None = None,
) -> Markup:
    """Draw a row for each label with a dot for each series; the band is what was asked for, the level the nominal."""
    left = min(LABELS, 16 + max(text_width(label, 14) for label, _ in rows))
    right, bottom = WIDTH - 24, HEAD + ROW * len(rows)
    parts: list[Markup] = []
    if band:
        start, end = (_across(axis, end, left, right) for end in band)
        parts.append(element("rect", x=start, y=HEAD, width=end - start, height=bottom - HEAD, class_="band"))
    for tick in axis.ticks:
        x = _across(axis, tick, left, right)
        parts += [_line(x, HEAD, x, bottom, "grid"), _text(f"{tick:g}", x, HEAD - 8, "muted", "middle")]
    if level is not None:
        x = _across(axis, level, left, right)
        parts.append(_line(x, HEAD, x, bottom, "level"))
    for number, (label, values) in enumerate(rows):
        y = HEAD + ROW * number + ROW / 2
        parts.append(_text(label, 0, y + 5))
        parts += [
            _dot(_across(axis, value, left, right), y, f"s{place}", f"{label}, {series[place]}: {value:g}")
            for place, value in reversed(list(enumerate(values)))
            if value is not None
        ]
    parts.append(_text(axis.label, right, 16, "muted", "end"))
    parts += _legend(series, bottom + 26)
    return _svg(title, parts, bottom + FOOT)


def line_chart(
    title: str, across: Axis, up: Axis, lines: Sequence[tuple[str, Sequence[tuple[float, float]]]]
) -> Markup:
    """Draw a line for each series, labelled at its right end."""
    left, right, top, bottom = 44, WIDTH - 200, 34, 300
    parts: list[Markup] = []
    for tick in up.ticks:
        y = bottom - (bottom - top) * up.share(tick)
        parts += [_line(left, y, right, y, "grid"), _text(f"{tick:g}", left - 6, y + 4, "muted", "end")]
    for tick in across.ticks:
        x = _across(across, tick, left, right)
        parts += [_line(x, bottom, x, bottom + 5, "grid"), _text(f"{tick:,.0f}", x, bottom + 18, "muted", "middle")]
    ends = []
    for number, (name, points) in enumerate(lines):
        places = [(_across(across, x, left, right), bottom - (bottom - top) * up.share(y)) for x, y in points]
        path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        shade = "s0" if number % 2 == 0 else "s2"
        parts.append(element("path", d=path, class_=f"{shade} line", fill="none", stroke_dasharray=DASHES[number // 2]))
        parts += [
            _dot(x, y, shade, f"{name}: {value:g} at {n:g}") for (x, y), (n, value) in zip(places, points, strict=True)
        ]
        ends.append((places[-1][1], name))
    parts += [_text(name, right + 12, y + 4) for y, name in _spread(ends, bottom)]
    parts += [_text(up.label, 0, 16, "muted"), _text(across.label, right, bottom + 38, "muted", "end")]
    return _svg(title, parts, bottom + 48)


def _across(axis: Axis, value: float, left: float, right: float) -> float:
    return left + (right - left) * axis.share(value)


def _spread(ends: list[tuple[float, str]], lowest: float) -> list[tuple[float, str]]:
    """Push labels down until none covers another, then all up until the last one has room."""
    placed: list[tuple[float, str]] = []
    for y, name in sorted(ends):
        placed.append((max(y, placed[-1][0] + LINE) if placed else y, name))
    over = max(0.0, placed[-1][0] - lowest)
    return [(y - over, name) for y, name in placed]


def _legend(series: Sequence[str], y: float) -> list[Markup]:
    parts, x = [], 6.0
    for number, name in enumerate(series):
        parts += [_dot(x, y - 4, f"s{number}", name), _text(name, x + 10, y, "muted")]
        x += 34 + text_width(name, 12)
    return parts


def _dot(x: float, y: float, shade: str, said: str) -> Markup:
    return element("circle", element("title", said), cx=x, cy=y, r=4.5, stroke_width=2, class_=shade)


def _line(x1: float, y1: float, x2: float, y2: float, shade: str) -> Markup:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=shade)


def _text(text: str, x: float, y: float, shade: str = "plain", anchor: str = "start") -> Markup:
    return element("text", text, x=float(x), y=float(y), class_=shade, text_anchor=anchor)


def _svg(title: str, parts: Sequence[Markup], height: float) -> Markup:
    return element(
        "svg", element("title", title), element("style", Markup(STYLE)), *parts,  # noqa: S704 - our own style sheet
        xmlns="http://www.w3.org/2000/svg", role="img", font_family=TYPE,
        viewBox=f"0 0 {WIDTH} {height:.0f}", width=WIDTH, height=round(height),
    )  # fmt: skip
