"""Where things stand in the small pictures of tables: an interval on a line, and how often each number was given."""

from dataclasses import dataclass

from eiassess.domain.scores import Interval

WIDTH, MARGIN = 130.0, 5.0
BAR, GAP, HEIGHT = 9.0, 2.0, 22.0


@dataclass(frozen=True)
class LinePicture:
    """X positions of a figure, the ends of its interval and marked levels."""

    dot: float
    low: float
    high: float
    levels: tuple[float, ...]


@dataclass(frozen=True)
class Bar:
    """One column of a small frequency picture."""

    x: float
    y: float
    height: float


@dataclass(frozen=True)
class FrequencyPicture:
    """Columns, the picture's width, and where the key's value lies; ``None`` where it has no place among them."""

    bars: tuple[Bar, ...]
    width: float
    key: float | None


def line_picture(
    value: float, found: Interval, lowest: float, highest: float, levels: tuple[float, ...]
) -> LinePicture:
    """Place a figure with its interval on a line; what lies beyond an end is drawn at it."""

    def x(each: float) -> float:
        share = (min(max(each, lowest), highest) - lowest) / (highest - lowest)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)

    return LinePicture(x(value), x(found.low), x(found.high), tuple(x(level) for level in levels))


def frequency_picture(counts: tuple[int, ...], key: float | None) -> FrequencyPicture:
    """Draw counts as columns, the commonest as high as the picture; ``key`` is counted from 0 = the first column."""
    most = max(*counts, 1)
    heights = [round(count / most * HEIGHT, 1) for count in counts]
    bars = tuple(Bar(place * (BAR + GAP), round(HEIGHT - height, 1), height) for place, height in enumerate(heights))
    return FrequencyPicture(
        bars,
        len(counts) * (BAR + GAP) - GAP,
        None if key is None else round(key * (BAR + GAP) + BAR / 2, 1),
    )
