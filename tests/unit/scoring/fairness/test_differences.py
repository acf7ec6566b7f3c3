"""How far groups lie from the largest, and how seldom a page claims what is not."""

import numpy as np
import pytest

from eiassess.domain.fairness import FairnessQuestion, FairnessQuestions
from eiassess.scoring.samples.fairness.dif import TOO_FEW_FOR_DIF
from eiassess.scoring.samples.fairness.differences import GroupDifference, seen_to_differ
from eiassess.scoring.samples.fairness.people import FairnessPerson
from eiassess.scoring.samples.fairness.sums import FairnessSums, fairness_sums, overall_differences
from tests.unit.scoring.fairness.people import at_most, counts, people, sums


def test_groups_are_compared_with_the_largest_in_standard_deviations() -> None:
    found = sums([*people(20, "Woman", at=50), *people(12, "Man", at=52), *people(3, "Another")])
    (difference,) = found.questions[0].differences
    assert (difference.category, difference.reference, difference.what) == ("Man", "Woman", "Overall")
    assert difference.d == pytest.approx(1.3, abs=0.2)
    assert difference.low < difference.d < difference.high
    assert [each.why_not for each in found.questions[0].dif] == [TOO_FEW_FOR_DIF]


def test_a_group_of_whom_too_few_have_a_score_is_not_compared() -> None:
    without = [FairnessPerson(each.answers, {}, {}, each.reached) for each in people(5, "Man")]
    found = sums([*people(20, "Woman"), *people(9, "Man"), *without])
    assert counts(found)[1] == ("Man", 14)
    assert found.questions[0].differences == ()


class TestHowManyComparisonsThereAre:
    """Where nothing differs, about one page in twenty may claim that something does."""

    @pytest.mark.parametrize(("n_questions", "n_groups", "n_pages"), [(2, 3, 120), (5, 4, 40)])
    def test_overall_scores_that_do_not_differ_are_seldom_said_to(
        self, n_questions: int, n_groups: int, n_pages: int
    ) -> None:
        drawn = np.random.default_rng(4)
        names = tuple(f"g{place}" for place in range(n_groups))
        asked = FairnessQuestions(tuple(FairnessQuestion(f"q{k}", f"{k}?", names) for k in range(n_questions)))

        def page() -> FairnessSums:
            groups, scores = drawn.integers(0, n_groups, (400, n_questions)), drawn.normal(75, 10, 400)
            counted = [
                FairnessPerson(
                    {f"q{k}": names[place] for k, place in enumerate(own)}, {"Overall": float(score)}, {}, frozenset()
                )
                for own, score in zip(groups.tolist(), scores.tolist(), strict=True)
            ]
            return fairness_sums(asked, counted, [], (), None)

        compared = [overall_differences(page()) for _ in range(n_pages)]
        assert {len(each) for each in compared} == {n_questions * (n_groups - 1)}
        alone = [any(not each.low <= 0 <= each.high for each in own) for own in compared]
        assert np.mean([bool(seen_to_differ(own)) for own in compared]) <= at_most(n_pages) < np.mean(alone)

    def test_what_differs_much_is_named_among_many(self) -> None:
        compared = [GroupDifference("Overall", str(p), "r", -1, -2, 0, p) for p in (0.001, 0.02, 0.03, 0.04)]
        assert [each.category for each in seen_to_differ(compared)] == ["0.001"]
        assert seen_to_differ([]) == ()
