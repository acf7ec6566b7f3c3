"""Who came to which stage, where every step is of ten, and what chance can do there."""

import numpy as np
import pytest

from eiassess.scoring.samples.fairness.impact import ImpactChance, impact_chance
from eiassess.scoring.samples.fairness.people import FairnessPerson
from tests.unit.scoring.fairness.people import GENDER, STAGES, at_most, people, sums


class TestImpactByStage:
    def test_shares_are_compared_where_every_step_is_of_ten(self) -> None:
        found = sums([
            *people(10, "Woman"), *people(15, "Woman", reached=1), *people(15, "Woman", reached=2),
            *people(30, "Man"), *people(10, "Man", reached=1), *people(10, "Man", reached=2),
        ])  # fmt: skip
        interview, offer, hired = found.stages
        rows = {row.category: row for row in interview.rows["q1"]}
        assert (rows["Woman"].n, rows["Woman"].reached, rows["Woman"].ratio) == (40, 30, 1.0)
        assert rows["Man"].reached == 20
        assert rows["Man"].ratio == pytest.approx(20 / 50 / (30 / 40))
        assert rows["Man"].below_four_fifths
        assert rows["Man"].interval
        assert impact_chance(found.stages, "q1") == ImpactChance(2, frozenset({("interview", "Man")}))
        assert [row.reached for row in offer.rows["q1"]] == [15, 10]
        assert [row.reached for row in hired.rows["q1"]] == [None, None], "nobody was hired"
        assert all(row.ratio is None for row in hired.rows["q1"])

    def test_one_small_number_hides_another(self) -> None:
        found = sums(
            [*people(20, "Woman"), *people(20, "Woman", reached=1), *people(20, "Man"), *people(9, "Man", reached=1)]
        )
        assert [(row.n, row.reached) for row in found.stages[0].rows["q1"]] == [(40, None), (29, None)]

    def test_a_small_step_from_one_stage_to_the_next_is_hidden(self) -> None:
        counted = [
            *people(20, "Woman"), *people(9, "Woman", reached=1), *people(20, "Woman", reached=2),
            *people(20, "Man"), *people(20, "Man", reached=1), *people(20, "Man", reached=2),
        ]  # fmt: skip
        interview, offer, _ = sums(counted).stages
        assert [row.reached for row in interview.rows["q1"]] == [29, 40]
        assert [row.reached for row in offer.rows["q1"]] == [None, None]

    def test_of_three_groups_one_that_is_left_alone_has_no_ratio(self) -> None:
        found = sums([
            *people(20, "Woman"), *people(20, "Woman", reached=1), *people(20, "Man"), *people(9, "Man", reached=1),
            *people(20, "Another"), *people(9, "Another", reached=1),
        ])  # fmt: skip
        rows = {row.category: row for row in found.stages[0].rows["q1"]}
        assert (rows["Woman"].reached, rows["Woman"].ratio) == (20, None)
        assert rows["Man"].reached is None

    def test_without_a_group_that_is_shown_there_are_no_rows(self) -> None:
        assert sums([*people(9, "Woman"), *people(9, "Man")]).stages[0].rows["q1"] == ()

    def test_a_table_is_made_anew_only_after_ten_more_have_come_there(self) -> None:
        def counted(more: int) -> list[FairnessPerson]:
            return [
                *people(30 - more, "Woman"), *people(20 + more, "Woman", reached=1),
                *people(30, "Man"), *people(20, "Man", reached=1),
            ]  # fmt: skip

        first = sums(counted(0))
        assert sums(counted(9), first).stages == first.stages
        later = sums(counted(10), first)
        assert [row.reached for row in later.stages[0].rows["q1"]] == [30, 20]


def test_shares_that_do_not_differ_are_seldom_more_than_chance() -> None:
    drawn = np.random.default_rng(5)
    names = GENDER.categories

    def table() -> bool:
        groups, chance = drawn.integers(0, 3, 400).tolist(), drawn.uniform(size=400).tolist()
        counted = [
            FairnessPerson({"q1": names[place]}, {}, {}, frozenset(STAGES[: (x < 0.6) + (x < 0.4) + (x < 0.2)]))
            for place, x in zip(groups, chance, strict=True)
        ]
        found = impact_chance(sums(counted).stages, "q1")
        assert found.n_compared == 9
        return bool(found.beyond)

    assert np.mean([table() for _ in range(100)]) <= at_most(100)
