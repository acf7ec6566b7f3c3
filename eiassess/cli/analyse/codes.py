"""Values that may be codes for missing: far outside the others, again and again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.banks.tables.csv_format import NUMBER, is_code
from eiassess.banks.tables.csv_records import listed

Array = npt.NDArray[np.float64]

LARGE = 66
"""Codes from here on are far outside most scales; smaller ones are looked at more strictly."""
HUGE = 700
MOST_CODES = 12
"""Codes that are looked for at one end of a column."""
SMALLEST_SCALE = 3
SURE_NEGATIVE = -7
"""Codes such as -7, -8 and -9 are looked at less strictly than -1."""
SMALLEST_CODE_AMONG_WORDS = 9
MOST_NEGATIVE_CODES = 2
PEOPLE_FOR_SMALL_CODES = 20
TIMES_BY_UNUSED_STEPS = {1: 5, 2: 3}
"""How often 8 or 9 has to stand beyond a scale of which 1 or 2 steps in between are not used; else twice."""
TIMES_FAR, TIMES_NEAR = 2, 3
FAR_WITHOUT_CODE = 3
"""A value that is no usual code has to lie this many ranges away."""


@dataclass(frozen=True)
class _Suspect:
    """A value of one column, how often it stands there, and how often at least it has to stand in all of them."""

    value: float
    column: str
    count: int
    needed: int
    others: tuple[float, float]


@dataclass(frozen=True)
class _Column:
    """The values of a column, in order, with the number of times that each stands there."""

    values: Array
    counts: npt.NDArray[np.intp]

    def part(self, start: int, end: int) -> "_Column":
        return _Column(self.values[start:end], self.counts[start:end])

    @property
    def n(self) -> int:
        return int(self.counts.sum())

    @property
    def range(self) -> float:
        return float(self.values[-1] - self.values[0])

    @property
    def sd(self) -> float:
        return float(np.sqrt(np.cov(self.values, fweights=self.counts))) if self.values.size > 1 else 0.0


def suspected_codes(numbers: Mapping[str, Array], labels: Mapping[str, Sequence[str | None]]) -> tuple[str, ...]:
    """Say which values look like codes for missing, each once for all columns where it stands.

    Parameters
    ----------
    numbers, labels
        Columns of numbers, missing entries NaN, and of text, missing entries ``None``.
    """
    found = [each for name, values in numbers.items() for each in _suspects(name, values)]
    found += [each for name, own in labels.items() for each in _suspected_labels(name, own)]
    by_value: dict[float, list[_Suspect]] = {}
    for each in found:
        by_value.setdefault(each.value, []).append(each)
    return tuple(_warning(value, own) for value, own in sorted(by_value.items()) if _is_often(own))


def _is_often(own: Sequence[_Suspect]) -> bool:
    return sum(each.count for each in own) >= min(each.needed for each in own)


def _warning(value: float, own: Sequence[_Suspect]) -> str:
    count = sum(each.count for each in own)
    low, high = min(each.others[0] for each in own), max(each.others[1] for each in own)
    code = f"{value:.15g}"
    others = f"the other values ({low:.6g} to {high:.6g})" if low <= high else "the other labels"
    columns = f"{'column' if len(own) == 1 else 'columns'} {listed(each.column for each in own)}"
    return (
        f"{code} stands {count} {'time' if count == 1 else 'times'} in {columns}, far from {others}: is it a code for "
        f"missing? --missing {code} takes it as blank, --missing none says that it is meant"
    )


def _suspects(name: str, values: Array) -> Iterator[_Suspect]:
    """Look beyond both ends; what stands below is looked at as its mirror image."""
    known = values[~np.isnan(values)]
    if known.size:
        column = _Column(*np.unique(known, return_counts=True))
        yield from _beyond(name, column, 1)
        yield from _beyond(name, _Column(-column.values[::-1], column.counts[::-1]), -1)


def _beyond(name: str, column: _Column, sign: int) -> Iterator[_Suspect]:
    """Find the first value from where on, to the end, all are suspected."""
    first = _without_codes_below(column, sign)
    for start in range(max(first + 1, column.values.size - MOST_CODES), column.values.size):
        core, group = column.part(first, start), column.part(start, column.values.size)
        times = _times(core, group, sign)
        if times:
            low, high = sorted((sign * float(core.values[0]), sign * float(core.values[-1])))
            for value, count in zip(group.values.tolist(), group.counts.tolist(), strict=True):
                needed = max(1, times - (group.n - count))  # codes beyond the same gap count together
                yield _Suspect(sign * value, name, count, needed, (low, high))
            return


def _without_codes_below(column: _Column, sign: int) -> int:
    """Skip large codes at the other end, or they would make the range of the others wide."""
    codes = [abs(value) >= LARGE and is_code(sign * value) for value in column.values[:MOST_CODES].tolist()]
    first = codes.index(False) if False in codes else len(codes)
    return first if first < column.values.size - 1 else 0


def _times(core: _Column, group: _Column, sign: int) -> int:
    """Say how often values beyond the others have to stand there to be suspected; 0 if they are not."""
    gap = float(group.values[0] - core.values[-1])
    nearest = sign * float(group.values[0])
    if not all(is_code(sign * value) for value in group.values.tolist()):
        return _times_without_code(core, group, gap)
    if abs(nearest) >= LARGE and gap > max(core.range, 1):
        return 1 if sign < 0 or nearest >= HUGE else TIMES_FAR
    if abs(nearest) >= LARGE and gap > core.range / 4 and gap > 2 * core.sd:
        return TIMES_NEAR
    return _times_of_negative(core, group, gap) if sign < 0 else _times_of_small(core, gap)


def _times_without_code(core: _Column, group: _Column, gap: float) -> int:
    many = core.n >= max(PEOPLE_FOR_SMALL_CODES, group.n) and core.range > 0
    return TIMES_FAR if many and group.values.size == 1 and gap > FAR_WITHOUT_CODE * core.range else 0


def _times_of_negative(core: _Column, group: _Column, gap: float) -> int:
    """Look at negative values where no other is; the two columns are mirror images."""
    least = SMALLEST_SCALE if -group.values[0] > SURE_NEGATIVE else SMALLEST_SCALE - 1
    few = group.values.size <= MOST_NEGATIVE_CODES and 4 * group.n <= core.n + group.n
    return TIMES_FAR if core.values[-1] <= 0 and core.values.size >= least and gap > 1 and few else 0


def _times_of_small(core: _Column, gap: float) -> int:
    """Look at 8 and 9 beyond a short scale of whole numbers, all of which are used."""
    steps = np.arange(core.values[0], core.values[0] + core.values.size)
    if core.n < PEOPLE_FOR_SMALL_CODES or core.values[0] not in (0, 1) or not np.array_equal(core.values, steps):
        return 0
    unused = int(gap) - 1
    return TIMES_BY_UNUSED_STEPS.get(unused, TIMES_FAR) if unused > 0 and core.values.size > 1 else 0


def _suspected_labels(name: str, labels: Sequence[str | None]) -> Iterator[_Suspect]:
    """Look at codes among words, and among labels that are numbers as in a column of numbers."""
    known = [label for label in labels if label is not None]
    codes = [label for label in known if NUMBER.fullmatch(label)]
    if len(codes) == len(known):
        yield from _suspects(name, np.array(codes, dtype=np.float64))
        return
    for label, count in Counter(codes).items():
        if is_code(float(label)) and abs(float(label)) >= SMALLEST_CODE_AMONG_WORDS:
            yield _Suspect(float(label), name, count, 1, (np.inf, -np.inf))
