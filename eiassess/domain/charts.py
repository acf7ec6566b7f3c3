"""The interval chart as values: what is drawn, not how."""

from dataclasses import dataclass

from eiassess.domain.scores import Interval


@dataclass(frozen=True)
class ChartRow:
    """One line of an interval chart: a label and a score with its interval and the range of random answering.

    ``score`` is ``None`` where nothing could be scored; ``note`` then says why, in a few words. ``expected`` is the
    range that a job expects, where it says so.
    """

    label: str
    score: float | None
    interval: Interval | None
    random_interval: Interval | None
    note: str = ""
    expected: Interval | None = None


@dataclass(frozen=True)
class ChartGroup:
    """Lines under one heading; the heading may be empty."""

    heading: str
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True)
class IntervalChart:
    """A chart with a title and a sentence that says what it shows to those who cannot see it."""

    title: str
    summary: str
    groups: tuple[ChartGroup, ...]
