"""Statistics of scenarios: hand-worked means, who counts, and when nothing can be said."""

import math

import numpy as np
import pytest

from eiassess.domain.scores import Interval
from eiassess.psychometrics import Weakness, coefficient_alpha, corrected_item_total
from eiassess.psychometrics.items.item_analysis import ItemVerdict
from eiassess.scoring.person.engine import score_answers
from eiassess.scoring.samples.answers import PersonAnswers, SampleScores, house_sample_scores
from eiassess.scoring.samples.scenarios import FormFigures, figures_of_scores
from eiassess.scoring.samples.weak_scenarios import NOT_ABOVE_RANDOM, PEOPLE_FOR_VERDICTS, WeakReason, weak_reasons
from tests.builders import make_form, make_key, make_scenario
from tests.unit.scoring.samples import near_the_key

FORM = make_form()
KEY = make_key(FORM)
TWO = make_form([make_scenario("one"), make_scenario("two")], id="two")
NAMES = FORM.scenario_ids


def scored(rows: list[list[float]]) -> FormFigures:
    """Figures of a form of two scenarios whose scores are given."""
    scores = np.array(rows, dtype=float)
    people = [PersonAnswers({}, {"one": 10.0 * row}) for row in range(len(rows))]
    return figures_of_scores(TWO, people, SampleScores(scores, np.nanmean(scores, axis=1)))


def figures(people: list[PersonAnswers]) -> FormFigures:
    """Figures of a form whose people are scored by the house's scale."""
    return figures_of_scores(FORM, people, house_sample_scores(FORM, KEY, people))


def test_means_sds_and_times_are_those_worked_by_hand() -> None:
    found = scored([[50, 60], [60, 80], [70, 70], [80, 90]])
    one, two = found.scenarios
    assert one.mean is not None
    assert (one.mean.value, one.mean.n) == (65, 4)
    assert one.sd == pytest.approx(math.sqrt(500 / 3))
    # 65 +- t(3) s / 2, t = 3.1824
    assert one.mean.interval.low == pytest.approx(65 - 3.182446 * math.sqrt(500 / 3) / 2, abs=1e-4)
    assert (one.median_seconds, one.n_timed) == (15, 4)
    assert (two.median_seconds, two.n_timed) == (None, 0)
    assert found.overall is not None
    assert found.overall.value == 70
    # deviations (-15 -5 5 15) and (-15 5 -5 15): r = 400 / 500
    assert one.item_total is not None
    assert one.item_total.value == pytest.approx(0.8)
    assert one.item_total.interval.high == pytest.approx(math.tanh(math.atanh(0.8) + 1.959964), abs=1e-6)
    assert found.alpha is not None
    assert found.alpha.value == pytest.approx(2 * (1 - 1000 / 1800))
    assert one.alpha_without is None


def test_correlations_are_of_the_engines_scores_over_complete_people() -> None:
    people = near_the_key(FORM, KEY, 60)
    partly = dict(people[0].answers)
    del partly[NAMES[1]]
    people[0] = PersonAnswers(partly, {})
    found = figures(people)
    scores = np.array([list(score_answers(FORM, KEY, each.answers).scenarios.values()) for each in people[1:]])
    assert [each.item_total.value for each in found.scenarios if each.item_total] == pytest.approx(
        list(corrected_item_total(scores))
    )
    assert found.alpha is not None
    assert found.alpha.value == pytest.approx(coefficient_alpha(scores).value)
    assert (found.n_people, found.n_scored, found.n_complete) == (60, 60, 59)
    assert [each.n_incomplete for each in found.scenarios[:3]] == [0, 1, 0]
    assert [each.mean.n for each in found.scenarios[:3] if each.mean] == [60, 59, 60]


def test_a_scenario_keyed_the_wrong_way_round_is_found_and_that_is_clear() -> None:
    found = figures(near_the_key(FORM, KEY, 200, turned={NAMES[2]: True}))
    assert found.judged
    assert [each.id for each in found.weak] == [NAMES[2]]
    codes = {reason.code: reason.is_clear for reason in found.weak[0].reasons}
    assert codes[Weakness.NEGATIVE_DISCRIMINATION] is True
    assert codes[Weakness.LOWERS_ALPHA] is None
    assert codes[NOT_ABOVE_RANDOM] is True


@pytest.mark.parametrize(("n", "n_weak"), [(PEOPLE_FOR_VERDICTS - 1, 0), (PEOPLE_FOR_VERDICTS, 1)])
def test_below_thirty_people_no_scenario_is_called_weak(n: int, n_weak: int) -> None:
    found = figures(near_the_key(FORM, KEY, n, turned={NAMES[2]: True}))
    assert len([each for each in found.weak if each.id == NAMES[2]]) == n_weak
    assert found.judged is bool(n_weak)
    assert any(f"there are {n}" in reason for reason in found.not_estimable) is not found.judged


def test_nobody_one_and_two_people_give_reasons_and_no_numbers() -> None:
    nobody = figures([])
    assert (nobody.n_people, nobody.overall, nobody.overall_sd, nobody.alpha) == (0, None, None, None)
    assert all(each.mean is each.sd is each.item_total is each.median_seconds is None for each in nobody.scenarios)
    assert nobody.not_estimable == (
        "correlations and alpha: item statistics need two people with complete answers; there are 0",
    )
    one = figures(near_the_key(FORM, KEY, 1))
    assert (one.overall, one.alpha, one.n_complete) == (None, None, 1)
    three = figures(near_the_key(FORM, KEY, 3))
    assert three.alpha is not None
    assert [each.item_total for each in three.scenarios] == [None] * len(NAMES), "no interval, no figure"


def test_people_who_all_answer_alike_have_no_alpha() -> None:
    found = figures(near_the_key(FORM, KEY, 1) * 40)
    assert found.alpha is None
    assert found.not_estimable == ("alpha: the total score is the same for everybody",)
    assert not found.judged


def test_who_cannot_be_scored_counts_as_a_person_and_not_in_the_means() -> None:
    same = PersonAnswers({name: dict.fromkeys("abcd", 4) for name in NAMES}, {})
    scores = house_sample_scores(FORM, KEY, [*near_the_key(FORM, KEY, 5), same])
    assert np.isnan(scores.overall[5])
    assert np.isnan(scores.scenarios[5]).all()
    found = figures([*near_the_key(FORM, KEY, 5), same])
    assert (found.n_people, found.n_scored) == (6, 5)


def test_means_below_zero_widen_the_range_and_do_not_break_it() -> None:
    found = scored([[-20.0 - each % 3, 60 + each % 5] for each in range(40)])
    reasons = {reason.code for reason in found.scenarios[0].reasons}
    assert Weakness.TOO_HARD in reasons
    assert NOT_ABOVE_RANDOM in reasons


def verdict(*weaknesses: Weakness, mean: float = 60) -> ItemVerdict:
    return ItemVerdict(mean, 1.0, 0.6, 0.1, 0.5, weaknesses)


@pytest.mark.parametrize(
    ("weakness", "item_total", "mean", "clear"),
    [
        (Weakness.NO_VARIANCE, None, Interval(60, 60), True),
        (Weakness.NEGATIVE_DISCRIMINATION, Interval(-0.4, 0.1), Interval(50, 70), False),
        (Weakness.NEGATIVE_DISCRIMINATION, Interval(-0.4, -0.1), Interval(50, 70), True),
        (Weakness.NEGATIVE_DISCRIMINATION, None, Interval(50, 70), None),
        (Weakness.LOW_DISCRIMINATION, Interval(0, 0.3), Interval(50, 70), False),
        (Weakness.LOW_DISCRIMINATION, Interval(0, 0.1), Interval(50, 70), True),
        (Weakness.LOW_DISCRIMINATION, None, Interval(50, 70), None),
        (Weakness.TOO_EASY, None, Interval(96, 98), True),
        (Weakness.TOO_EASY, None, Interval(94, 98), False),
        (Weakness.TOO_HARD, None, Interval(1, 4), True),
        (Weakness.TOO_HARD, None, Interval(1, 6), False),
        (Weakness.LOWERS_ALPHA, Interval(0, 0.1), Interval(50, 70), None),
    ],
)
def test_a_reason_is_clear_where_the_whole_interval_lies_on_the_wrong_side(
    weakness: Weakness, item_total: Interval | None, mean: Interval, clear: object
) -> None:
    (reason,) = weak_reasons(verdict(weakness), item_total, mean, 0, 100)
    assert (reason.code, reason.is_clear) == (weakness.value, clear)


def test_a_mean_no_better_than_random_is_a_reason_of_its_own() -> None:
    expected = WeakReason(NOT_ABOVE_RANDOM, is_clear=False)
    assert weak_reasons(verdict(mean=49), None, Interval(45, 53), 0, 100) == (expected,)
    assert weak_reasons(verdict(mean=51), None, Interval(45, 57), 0, 100) == ()
