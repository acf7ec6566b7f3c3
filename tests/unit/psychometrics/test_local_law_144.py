import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError


def people(counts: dict[str, tuple[int, int]]) -> tuple[list[str], list[bool]]:
    """Category -> (above the median, all) as one entry a person."""
    labels = [name for name, (_, n) in counts.items() for _ in range(n)]
    favourable = [person < above for above, n in counts.values() for person in range(n)]
    return labels, favourable


@pytest.mark.parametrize(
    "rows",
    [
        {"Male": (50, 92, 54.3, 1.00), "Female": (34, 76, 44.7, 0.82)},
        {
            "Hispanic or Latino": (18, 28, 64.2, 1.00),
            "White": (15, 40, 37.5, 0.58),
            "Black or African American": (16, 32, 50.0, 0.78),
            "Native Hawaiian or Pacific Islander": (5, 8, 62.5, 0.97),
            "Asian": (10, 24, 41.7, 0.65),
        },
    ],
)
def test_the_example_in_the_citys_rules(rows: dict[str, tuple[int, int, float, float]]) -> None:
    # Number, rate and ratio as printed in 6 RCNY 5-301 (c); the numbers above the median follow from them.
    table = ps.local_law_144_table(*people({name: (above, n) for name, (above, n, _, _) in rows.items()}))
    for row in table.categories:
        above, n, rate, ratio = rows[row.category]
        assert (row.n, row.favourable) == (n, above)
        assert 100 * row.rate == pytest.approx(rate, abs=0.1)
        assert row.impact_ratio == pytest.approx(ratio, abs=0.0051)


def test_above_the_median_is_strict_and_of_the_full_sample() -> None:
    assert ps.above_median(np.array([1.0, 2.0, 2.0, 2.0, 9.0])).tolist() == [False, False, False, False, True]
    assert not ps.above_median(np.ones(4)).any()


def test_a_median_needs_scores() -> None:
    with pytest.raises(NotEstimableError, match="no median"):
        ps.above_median(np.array([]))
    with pytest.raises(InvalidInputError, match="without a score"):
        ps.above_median(np.array([1.0, np.nan]))


def test_unknown_people_are_counted_apart() -> None:
    table = ps.local_law_144_table(["a", "", None, "b"], [True, True, False, False])
    assert table.unknown == 2
    assert [row.n for row in table.categories] == [1, 1]
    with pytest.raises(NotEstimableError, match="category is known"):
        ps.local_law_144_table(["", None], [True, True])


def test_small_categories_have_their_ratio_and_count_as_highest_unless_they_are_left_out() -> None:
    labels, favourable = people({"a": (50, 100), "b": (20, 97), "c": (2, 2), "d": (1, 5)})
    a, b, c, d = ps.local_law_144_table(labels, favourable).categories
    assert [row.impact_ratio for row in (a, c)] == [0.5, 1]
    assert not any(row.excluded for row in (a, b, c, d))
    a, b, c, d = ps.local_law_144_table(labels, favourable, left_out={"c"}).categories
    assert (c.n, c.rate, c.impact_ratio, c.excluded) == (2, 1.0, None, True)
    assert (a.impact_ratio, a.excluded) == (1, False)
    assert b.impact_ratio == pytest.approx(20 / 97 / 0.5)
    assert d.impact_ratio == pytest.approx(0.2 / 0.5)


def test_a_category_with_two_percent_cannot_be_left_out_and_one_with_less_can() -> None:
    exact = people({"a": (49, 98), "b": (1, 2)})
    with pytest.raises(InvalidInputError, match="b has 2 of 100 people; only a category with under 2 % of them"):
        ps.local_law_144_table(*exact, left_out={"b"})
    below = people({"a": (49, 98), "b": (1, 2), "c": (1, 1)})
    assert ps.local_law_144_table(*below, left_out={"b"}).categories[1].excluded
    unknown = people({"a": (49, 98), "b": (1, 2), "": (1, 1)})
    with pytest.raises(InvalidInputError, match="b has 2 of 100"):
        ps.local_law_144_table(*unknown, left_out={"b"})


def test_a_category_that_is_not_there_cannot_be_left_out() -> None:
    with pytest.raises(InvalidInputError, match="there is no category c"):
        ps.local_law_144_table(["a", "b"], [True, False], left_out=["c"])


def test_not_every_category_can_be_left_out() -> None:
    names = [str(k) for k in range(60)]
    with pytest.raises(InvalidInputError, match="none is left to compare"):
        ps.local_law_144_table(names, [True] * 60, left_out=names)
    one_left = ps.local_law_144_table(names, [True] * 60, left_out=names[1:])
    assert all(row.impact_ratio is None for row in one_left.categories)
    two_left = ps.local_law_144_table(names, [True] * 60, left_out=names[2:])
    assert [row.impact_ratio for row in two_left.categories if not row.excluded] == [1, 1]


def test_one_category_has_nothing_to_be_compared_with() -> None:
    (row,) = ps.local_law_144_table(["a", "a", None], [True, False, True]).categories
    assert (row.n, row.rate, row.impact_ratio) == (2, 0.5, None)


def test_nobody_selected_gives_rates_without_ratios() -> None:
    table = ps.local_law_144_table(["a", "b"], [False, False])
    assert [(row.rate, row.impact_ratio) for row in table.categories] == [(0, None), (0, None)]


def test_intersections_are_unknown_where_either_is() -> None:
    sexes, races = ["female", "male", None, "male"], ["Asian", "Asian", "White", ""]
    joined = ps.intersections(sexes, races)
    assert joined == ("female / Asian", "male / Asian", None, None)
    assert ps.local_law_144_table(joined, [True, False, True, True]).unknown == 2


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c", ""]), st.booleans()), min_size=1))
def test_everybody_is_counted_once_and_the_best_has_ratio_one(rows: list[tuple[str, bool]]) -> None:
    if not any(label for label, _ in rows):
        return
    table = ps.local_law_144_table([label for label, _ in rows], [chosen for _, chosen in rows])
    assert sum(row.n for row in table.categories) + table.unknown == len(rows)
    ratios = [row.impact_ratio for row in table.categories if row.impact_ratio is not None]
    assert not ratios or max(ratios) == 1
