"""The interval chart, drawn on the server: the same SVG on page and paper.

Each row shows a score as a small dot on its 95 % interval, over the range that random answering gives, and in a dashed
frame the range that a job expects, where it says so. Colours are presentation attributes, since a strict
content-security policy drops ``style=""``; the class names let a style sheet override them, for instance in the dark.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eiassess.domain.charts import ChartGroup, ChartRow, IntervalChart
from eiassess.domain.scores import Interval
from eiassess.domain.shown_scores import HIGHEST, LOWEST, shown_interval, shown_score
from eiassess.reporting.charts.palette import ACCENT, BAND, BAND_EDGE, INK, LINE, MUTED, PAPER, TYPEFACE
from eiassess.reporting.charts.svg import element, shortened, text_width

_TEXT, _SMALL = 14, 12
_TICKS = (0, 25, 50, 75, 100)
_RANDOM_LEVEL = 50
_HEADER, _HEADING, _GAP, _LEGEND_LINE = 38, 30, 10, 22
_KEY_SPACE = 14
_STACKED_BELOW = 480
_VALUE_ROOM, _WIDEST_LABEL = 44, 320
_ROOM_FOR_BOTH = 150
_ROW, _PAPER_ROW = 28.0, 22.0


_Key = tuple[str, Callable[[float, float, float], Markup], int]
"""What a mark means, how it is drawn, and how wide."""


@dataclass(frozen=True)
class _Frame:
    """Where things stand; on a narrow chart the label has a line of its own above the plot."""

    width: int
    left: float
    right: float
    label_room: float
    label_line: float
    middle: float
    row_height: float
    grid_half: float

    def x(self, value: float) -> float:
        """Place a value, cut at the ends of the scale."""
        shown = min(max(value, LOWEST), HIGHEST)
        return self.left + (self.right - self.left) * (shown - LOWEST) / (HIGHEST - LOWEST)


def _frame(width: int, row: float) -> _Frame:
    if width < _STACKED_BELOW:
        return _Frame(width, 14.0, width - 14.0, width - _VALUE_ROOM, 19.0, 37.0, row_height=54.0, grid_half=11.0)
    left = float(min(round(width * 0.42), _WIDEST_LABEL))
    return _Frame(
        width, left, width - _VALUE_ROOM - 10.0, left - 16.0, row / 2 + 5, row / 2, row_height=row, grid_half=row / 2
    )


def interval_chart_svg(
    chart: IntervalChart, *, width: int = 640, element_id: str = "chart", on_paper: bool = False
) -> Markup:
    """Draw an interval chart.

    Parameters
    ----------
    chart
        What to draw.
    width
        Width in CSS pixels; under 480 each label stands above its line.
    element_id
        The id of the drawing, unique on its page; the title's and description's ids are made from it.
    on_paper
        Whether rows stand closer, so that a whole profile has room beside the words on a page.

    Returns
    -------
    Markup
        An ``<svg>`` element, named for those who cannot see it by its title and description.
    """
    frame = _frame(width, _PAPER_ROW if on_paper else _ROW)
    parts, y = [_header(frame)], float(_HEADER)
    for group in chart.groups:
        drawn, y = _group(frame, group, y)
        parts.append(drawn)
    legend, height = _legend(frame, y + 20, _keys(chart))
    title = element("title", chart.title, id=f"{element_id}-title")
    description = element("desc", chart.summary, id=f"{element_id}-desc")
    return element(
        "svg", title, description, *parts, legend,
        xmlns="http://www.w3.org/2000/svg", id=element_id, class_="chart", role="img",
        aria_labelledby=f"{element_id}-title {element_id}-desc",
        width=width, height=height, viewBox=Markup("0 0 {} {}").format(width, round(height)), font_family=TYPEFACE,
    )  # fmt: skip


def _header(frame: _Frame) -> Markup:
    """Draw the scale: numbers, and in words what 50 and 100 stand for."""
    numbers = [
        _text(str(tick), frame.x(tick), 29, size=_SMALL, muted=True, anchor="middle", extra="chart-number")
        for tick in _TICKS
    ]
    roomy = frame.x(HIGHEST) - frame.x(_RANDOM_LEVEL) >= _ROOM_FOR_BOTH
    middle, end = ("random answering", "the key's pattern") if roomy else ("random", "the key")
    level = _text(middle, frame.x(_RANDOM_LEVEL), 12, size=_SMALL, muted=True, anchor="middle")
    top = _text(end, frame.x(HIGHEST) + 10, 12, size=_SMALL, muted=True, anchor="end")
    return element("g", level, top, *numbers)


def _group(frame: _Frame, group: ChartGroup, y: float) -> tuple[Markup, float]:
    parts = []
    if group.heading:
        shown = shortened(group.heading, _TEXT * 1.05, frame.label_room)
        parts.append(_text(shown, 0, y + 19, extra="chart-heading", weight=600, title=group.heading))
        y += _HEADING
    for row in group.rows:
        parts.append(_row(frame, row, y))
        y += frame.row_height
    return element("g", *parts), y + _GAP


def _row(frame: _Frame, row: ChartRow, y: float) -> Markup:
    middle, label_line = y + frame.middle, y + frame.label_line
    label = _text(shortened(row.label, _TEXT, frame.label_room), 0, label_line)
    said = element("title", _row_in_words(row))
    if row.score is None:
        note = shortened(row.note, _SMALL, frame.right - frame.left)
        shown = _text(note, frame.left, middle + 5, size=_SMALL, muted=True)
        return element("g", said, label, _expected(frame, row.expected, middle), shown)
    value = _text(shown_score(row.score), frame.width, label_line, anchor="end", weight=600, extra="chart-number")
    marks = [_grid(frame, middle), _random_band(frame, row.random_interval, middle), _level(frame, middle)]
    marks += [
        _expected(frame, row.expected, middle),
        _interval(frame, row.interval, middle),
        _dot(frame.x(row.score), middle),
    ]
    return element("g", said, label, *marks, value)


def _row_in_words(row: ChartRow) -> str:
    expected = f", expected for the job {shown_interval(row.expected)}" if row.expected else ""
    if row.score is None:
        return f"{row.label}: {row.note}{expected}" if row.note else f"{row.label}{expected}"
    words = f"{row.label}: {shown_score(row.score)}"
    if row.interval is not None:
        words += f", 95 % interval {shown_interval(row.interval)}"
    if row.random_interval is not None:
        words += f", random answering {shown_interval(row.random_interval)}"
    return words + expected


def _grid(frame: _Frame, middle: float) -> Markup:
    return element("g", *(_upright(frame, tick, middle, "chart-grid", LINE) for tick in _TICKS))


def _level(frame: _Frame, middle: float) -> Markup:
    return _upright(frame, _RANDOM_LEVEL, middle, "chart-level", MUTED)


def _upright(frame: _Frame, value: float, middle: float, name: str, colour: str) -> Markup:
    x, half = frame.x(value), frame.grid_half
    return element("line", class_=name, x1=x, y1=middle - half, x2=x, y2=middle + half, stroke=colour, stroke_width=1)


def _random_band(frame: _Frame, interval: Interval | None, middle: float) -> Markup:
    if interval is None:
        return Markup("")
    return _band(frame.x(interval.low), frame.x(interval.high), middle)


def _band(left: float, right: float, middle: float, half: float = 8) -> Markup:
    return element(
        "rect", class_="chart-random", x=left, y=middle - half, width=right - left, height=2 * half,
        fill=BAND, stroke=BAND_EDGE, stroke_width=1,
    )  # fmt: skip


def _expected(frame: _Frame, expected: Interval | None, middle: float) -> Markup:
    if expected is None:
        return Markup("")
    return _frame_of(frame.x(expected.low), frame.x(expected.high), middle)


def _frame_of(left: float, right: float, middle: float, half: float = 11) -> Markup:
    return element(
        "rect", class_="chart-expected", x=left, y=middle - half, width=right - left, height=2 * half,
        fill="none", stroke=INK, stroke_width=1.5, stroke_dasharray="4 3",
    )  # fmt: skip


def _interval(frame: _Frame, interval: Interval | None, middle: float) -> Markup:
    """Draw the line from end to end; an end that runs off the scale is an arrow instead of a bar."""
    if interval is None:
        return Markup("")
    left, right = frame.x(interval.low), frame.x(interval.high)
    return element(
        "g",
        element("line", x1=left, y1=middle, x2=right, y2=middle),
        _end(left, middle, -1, is_cut=interval.low < LOWEST),
        _end(right, middle, 1, is_cut=interval.high > HIGHEST),
        class_="chart-interval", fill="none", stroke=ACCENT, stroke_width=2,
    )  # fmt: skip


def _end(x: float, middle: float, direction: int, *, is_cut: bool) -> Markup:
    if not is_cut:
        return element("line", x1=x, y1=middle - 4.5, x2=x, y2=middle + 4.5)
    tip, back = x + 9 * direction, x + 4.5 * direction
    head = f"M{back:.1f} {middle - 4.5:.1f}L{tip:.1f} {middle:.1f}L{back:.1f} {middle + 4.5:.1f}"
    return element("path", d=f"M{x:.1f} {middle:.1f}H{tip:.1f}{head}")


def _dot(x: float, middle: float) -> Markup:
    return element("circle", class_="chart-dot", cx=x, cy=middle, r=4.5, fill=ACCENT, stroke=PAPER, stroke_width=1.5)


def _legend(frame: _Frame, y: float, keys: Sequence[_Key]) -> tuple[Markup, float]:
    """Set the keys side by side, on a further line where the chart is narrow; return them and the chart's height."""
    parts, x = [], 0.0
    for words, key, key_width in keys:
        needed = key_width + 7 + text_width(words, _SMALL)
        if x and x + needed > frame.width:
            x, y = 0.0, y + _LEGEND_LINE
        parts += [key(x, y, key_width), _text(words, x + key_width + 7, y + 4, size=_SMALL, muted=True)]
        x += needed + _KEY_SPACE
    return element("g", *parts), y + 12


def _dot_key(x: float, middle: float, width: float) -> Markup:
    return _dot(x + width / 2, middle)


def _line_key(x: float, middle: float, width: float) -> Markup:
    left, right = x + 1, x + width - 1
    line = element("line", x1=left, y1=middle, x2=right, y2=middle)
    ends = (_end(left, middle, -1, is_cut=False), _end(right, middle, 1, is_cut=False))
    return element("g", line, *ends, class_="chart-interval", fill="none", stroke=ACCENT, stroke_width=2)


def _band_key(x: float, middle: float, width: float) -> Markup:
    return _band(x + 0.5, x + width - 0.5, middle, half=6)


def _expected_key(x: float, middle: float, width: float) -> Markup:
    return _frame_of(x + 1, x + width - 1, middle, half=7)


def _keys(chart: IntervalChart) -> tuple[_Key, ...]:
    """List what the marks mean; what is drawn on few charts has its key only there."""
    expects = any(row.expected for group in chart.groups for row in group.rows)
    return (*_LEGEND, ("expected for the job", _expected_key, 26)) if expects else _LEGEND


_LEGEND: tuple[_Key, ...] = (
    ("score", _dot_key, 10),
    ("95 % interval", _line_key, 26),
    ("range of random answering", _band_key, 26),
)


def _text(  # noqa: PLR0913 - a line of text has that many sides
    words: str, x: float, y: float, *, size: int = _TEXT, muted: bool = False, anchor: str = "start",
    weight: int = 400, extra: str = "", title: str = "",
) -> Markup:  # fmt: skip
    name = " ".join(part for part in ("chart-muted" if muted else "chart-text", extra) if part)
    said = [element("title", title)] if title and title != words else []
    return element(
        "text", *said, words, class_=name, x=x, y=y, fill=MUTED if muted else INK,
        font_size=size, font_weight=weight, text_anchor=anchor,
    )  # fmt: skip
