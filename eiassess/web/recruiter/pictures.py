"""Where things stand in the small pictures: the interval beside a row, and a rating beside the key's value."""

from dataclasses import dataclass

from eiassess.domain.scores import Interval, ScoreEstimate

RATING_WIDTH = 112
_MARGIN = 5


@dataclass(frozen=True)
class IntervalPicture:
    """Where a score, its interval and the range of random answering are on a line from 0 to 100, in per cent of it.

    The range is ``None`` where nobody worked it out; ``band_low`` and ``band_high`` are the ends of the band that the
    score is in, where there are bands.
    """

    dot: float
    low: float
    high: float
    random_low: float | None = None
    random_high: float | None = None
    band_low: float | None = None
    band_high: float | None = None


@dataclass(frozen=True)
class RatingPicture:
    """X positions of a rating and of the key's value on a rating scale, with those of the scale's points."""

    rating: float | None
    key: float
    points: tuple[float, ...]


def interval_picture(
    estimate: ScoreEstimate | None, interval: Interval | None, band: tuple[float, float] | tuple[()] = ()
) -> IntervalPicture | None:
    """Place a score with an interval; nothing without one, since a bare dot would look certain."""
    if estimate is None or interval is None:
        return None
    chance = estimate.random_interval
    places = (_on_scale(each) for each in (estimate.score, interval.low, interval.high, chance.low, chance.high))
    return IntervalPicture(*places, *(_on_scale(end) for end in band))


def weighted_picture(score: float, interval: Interval, band: tuple[float, float] | tuple[()]) -> IntervalPicture:
    """Place a weighted score with its interval, without a range of random answering: that is the overall score's."""
    dot, low, high = (_on_scale(each) for each in (score, interval.low, interval.high))
    ends: list[float | None] = [_on_scale(end) for end in band]
    return IntervalPicture(dot, low, high, None, None, *ends)


def rating_picture(rating: int | None, key: float, points: tuple[int, ...]) -> RatingPicture:
    """Place a rating and the key's value."""

    def x(value: float) -> float:
        share = (value - points[0]) / (points[-1] - points[0])
        return round(_MARGIN + share * (RATING_WIDTH - 2 * _MARGIN), 1)

    return RatingPicture(None if rating is None else x(rating), x(key), tuple(x(point) for point in points))


def _on_scale(value: float) -> float:
    return round(min(max(value, 0.0), 100.0), 1)
