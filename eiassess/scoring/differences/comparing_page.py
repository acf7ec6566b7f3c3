"""A page of people side by side: overall scores and areas tested, with one promise for the whole page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from eiassess import psychometrics
from eiassess.domain.reasons import OVERALL
from eiassess.psychometrics import Measured
from eiassess.psychometrics.differences.two_people import SIGNIFICANCE
from eiassess.scoring.differences.placing import ErrorOfZ, PlacedPerson
from eiassess.scoring.person.missing import forms_compare


@dataclass(frozen=True)
class DifferenceTest:
    """One question of a page: whether two people differ, overall or in an area.

    Parameters
    ----------
    what
        ``overall`` or an area.
    first, second
        Ids of the people.
    t, df, p
        Welch's test; t is positive where the first scores higher, ``df`` can be infinite.
    weight, p_adjusted
        The test's share of the page's promise, and p after weighted Holm over the page.
    """

    what: str
    first: str
    second: str
    t: float
    df: float
    p: float
    weight: float = 1.0
    p_adjusted: float = 1.0

    @property
    def differs(self) -> bool:
        """Whether the two differ by more than their error."""
        return self.p_adjusted < SIGNIFICANCE


def compare_on_page(
    people: Sequence[PlacedPerson], pairs: Sequence[tuple[str, str]] | None = None
) -> tuple[DifferenceTest, ...]:
    """Test every two people of a page who can be compared, overall and in the areas that both have.

    The rule aims at no more than 5 of 100 pages with a false difference. Overall tests share .80 of that, area tests
    .20.

    Parameters
    ----------
    people
        Everybody on the page, each once, with the areas that are on display.
    pairs
        The pairs of ids that the page asks about; all of them if it is ``None``.

    Returns
    -------
    tuple
        The overall tests, pair after pair, then those of areas; nothing of pairs of whom one is not compared, or whose
        scores do not compare.
    """
    by_id = {person.id: person for person in people}
    asked = combinations(by_id, 2) if pairs is None else pairs
    tests = [test for first, second in asked for test in _tests(by_id[first], by_id[second])]
    tests.sort(key=lambda test: test.what != OVERALL)
    n_overall = sum(test.what == OVERALL for test in tests)
    overall, area = psychometrics.page_weights(n_overall, len(tests) - n_overall)
    weighed = [replace(test, weight=overall if test.what == OVERALL else area) for test in tests]
    adjusted = psychometrics.weighted_holm(
        np.array([test.p for test in weighed]), np.array([test.weight for test in weighed])
    )
    return tuple(replace(test, p_adjusted=float(p)) for test, p in zip(weighed, adjusted, strict=True))


def can_be_compared(first: PlacedPerson, second: PlacedPerson) -> bool:
    """Say whether two people's scores are tested: both have an error, and their scores compare."""
    same = first.key_digest == second.key_digest and forms_compare(first.form, second.form)
    return same and first.not_compared is None and second.not_compared is None


def _tests(first: PlacedPerson, second: PlacedPerson) -> Iterator[DifferenceTest]:
    errors = _errors(first, second)
    if first.z is None or second.z is None or errors is None or not can_be_compared(first, second):
        return
    one, other = (
        Measured(np.array(z), np.array(error.variance), np.array(error.df))
        for z, error in zip((first.z, second.z), errors, strict=True)
    )
    yield _test(OVERALL, first, second, one, other)
    for area in first.areas:
        yield from _area_test(area, first, second)


def _errors(first: PlacedPerson, second: PlacedPerson) -> tuple[ErrorOfZ, ErrorOfZ] | None:
    """Give the centred errors within a form, the uncentred ones between linked forms or estimates."""
    if first.estimate.digest == second.estimate.digest:
        errors = first.test_error, second.test_error
    else:
        errors = first.interval_error, second.interval_error
    one, other = errors
    return None if one is None or other is None else (one, other)


def _area_test(area: str, first: PlacedPerson, second: PlacedPerson) -> Iterator[DifferenceTest]:
    one, other = first.areas[area], second.areas.get(area)
    if other is None or not (one.is_tested and other.is_tested):
        return
    measured = [
        Measured(np.array(each.score), np.array((each.sem or 0.0) ** 2), np.array(float(each.df)))
        for each in (one, other)
    ]
    yield _test(area, first, second, *measured)


def _test(what: str, first: PlacedPerson, second: PlacedPerson, one: Measured, other: Measured) -> DifferenceTest:
    found = psychometrics.welch_tests(one, other)
    return DifferenceTest(what, first.id, second.id, float(found.t), float(found.df), float(found.p))
