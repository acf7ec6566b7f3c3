"""Scenarios that two groups answer differently at equal standing."""

import numpy as np

from eiassess.scoring.samples.fairness.dif import TOO_FEW_FOR_DIF
from eiassess.scoring.samples.fairness.people import FairnessPerson
from tests.unit.scoring.fairness.people import sums


class TestDif:
    def test_scenarios_are_looked_at_from_500_people_on(self) -> None:
        drawn = np.random.default_rng(1)

        def answered(n: int, category: str, lower: float) -> list[FairnessPerson]:
            standing = drawn.normal(size=(n, 1))
            scores = np.clip(np.round(2 + standing + drawn.normal(size=(n, 12))), 0, 4)
            scores[:, 3] = np.clip(scores[:, 3] - lower, 0, 4)
            return [
                FairnessPerson(
                    {"q1": category}, {}, {f"s{place:02}": float(x) for place, x in enumerate(row)}, frozenset()
                )
                for row in 60 + 10 * scores
            ]

        found = sums([*answered(600, "Woman", 0), *answered(500, "Man", 1)]).questions[0].dif[0]
        assert (found.category, found.reference, found.why_not) == ("Man", "Woman", "")
        assert found.large == ("s03",)
        missing = [FairnessPerson(each.answers, {}, {"s0": 1.0}, each.reached) for each in answered(250, "Man", 0)]
        again = sums([*answered(300, "Woman", 0), *missing]).questions[0].dif[0]
        assert again.why_not == TOO_FEW_FOR_DIF

    def test_of_scores_with_many_decimals_as_they_are_stored_the_one_that_differs_is_named(self) -> None:
        drawn = np.random.default_rng(2)
        women, men = (answered_apart(drawn, category, lower) for category, lower in (("Woman", 25), ("Man", 0)))
        found = sums([*women, *men]).questions[0].dif[0]
        assert (found.category, found.reference) == ("Man", "Woman")
        assert (found.large, found.not_classed, found.why_not) == (("s07",), (), "")

    def test_what_is_not_for_lack_of_people_is_said_in_its_own_words(self) -> None:
        drawn = np.random.default_rng(3)
        one = [
            FairnessPerson({"q1": category}, {}, {"s00": float(x)}, frozenset())
            for category in ("Woman", "Man")
            for x in drawn.uniform(0, 100, 300)
        ]
        assert sums(one).questions[0].dif[0].why_not == (
            "Not assessable: matching needs 2 items that are free of differences, and there are 1"
        )


def answered_apart(drawn: np.random.Generator, category: str, lower: float) -> list[FairnessPerson]:
    """1,500 people with 24 scores between -50 and 100, one of them lower for these."""
    scores = 82 + 16 * (0.45 * drawn.normal(size=(1500, 1)) + 0.9 * drawn.normal(size=(1500, 24)))
    scores[:, 7] -= lower
    return [
        FairnessPerson({"q1": category}, {}, {f"s{place:02}": float(x) for place, x in enumerate(row)}, frozenset())
        for row in np.clip(scores, -50, 100)
    ]
