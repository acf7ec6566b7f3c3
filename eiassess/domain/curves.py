"""The chart of option curves as values: what is drawn, not how."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CurveLine:
    """One option: a short label, its mean in each fifth (``None``: nobody there), its key value if drawn."""

    label: str
    values: tuple[float | None, ...]
    key: float | None


@dataclass(frozen=True)
class CurveChart:
    """Lines over the fifths of a score, with a sentence that says what they show to those who cannot see them.

    Parameters
    ----------
    bottom, top
        What stands at the lower and the upper end of the axis; ``bottom`` is the larger where 1 is best.
    ticks
        Values of the axis with their words.
    sizes
        People in each fifth.
    """

    title: str
    summary: str
    bottom: float
    top: float
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[CurveLine, ...]
    sizes: tuple[int, ...]
