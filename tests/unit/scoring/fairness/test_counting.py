"""Groups of voluntary answers counted: nothing of a few people."""

import pytest

from tests.unit.scoring.fairness.people import GENDER, counts, people, sums


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((20, 10, 0, 0), (20, 10, None)),
        ((20, 10, 9, 0), (20, 10, None)),
        ((20, 9, 9, 1), (20, None, None)),
        ((9, 9, 9, 9), (None, None, None)),
        ((20, 15, 12, 30), (20, 15, 12)),
    ],
)
def test_nobody_reads_how_many_of_a_small_group_there_are(
    sizes: tuple[int, ...], shown: tuple[int | None, ...]
) -> None:
    """With the total known, what is hidden is at least two rows: who would rather not say is always one of them."""
    counted = [each for n, name in zip(sizes, (*GENDER.categories, ""), strict=True) for each in people(n, name)]
    assert tuple(n for _, n in counts(sums(counted))) == shown
