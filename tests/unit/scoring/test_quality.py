from dataclasses import replace

import numpy as np
import pytest

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.reasons import NotScored, NotScoredCode
from eiassess.scoring.person.engine import score_vector
from eiassess.scoring.person.plan import scoring_plan
from eiassess.scoring.quality import response_quality
from eiassess.scoring.simulating import simulate_people
from tests.builders import make_form, make_key, make_plan, make_scenarios

FORM = make_form(make_scenarios(4))
PLAN = scoring_plan(FORM, make_key(FORM))
AS_THE_KEY = score_vector(PLAN, PLAN.key_values)
AGAINST_THE_KEY = score_vector(PLAN, 7 - PLAN.key_values)
ALL_THE_SAME = score_vector(PLAN, np.full(PLAN.key_values.size, 3.0))


def times(n_fast: int) -> dict[str, float]:
    """Every page timed, some sent in less than eight seconds with their four options."""
    return {scenario.id: 7.9 if place < n_fast else 40.0 for place, scenario in enumerate(FORM.scenarios)}


def test_an_attentive_person_gives_no_reason() -> None:
    quality = response_quality(FORM, AS_THE_KEY, times(0))
    assert quality.reasons == ()
    assert not quality.is_flagged
    assert (quality.n_fast, quality.n_timed) == (0, 12)


@pytest.mark.parametrize(("n_fast", "reasons"), [(1, 0), (2, 1)])
def test_more_than_a_tenth_of_the_pages_must_be_fast(n_fast: int, reasons: int) -> None:
    assert len(response_quality(FORM, AS_THE_KEY, times(n_fast)).reasons) == reasons


def test_one_reason_alone_is_no_flag_and_two_are() -> None:
    assert not response_quality(FORM, AGAINST_THE_KEY, {}).is_flagged
    quality = response_quality(FORM, AGAINST_THE_KEY, times(3))
    assert quality.reasons[0] == "3 of 12 pages were sent faster than two seconds a rating"
    assert quality.is_flagged


def test_what_cannot_be_scored_is_a_reason() -> None:
    assert response_quality(FORM, ALL_THE_SAME, times(12)).is_flagged
    assert len(response_quality(FORM, ALL_THE_SAME, {}).reasons) == 1


@pytest.mark.parametrize(
    ("kept", "reasons"),
    [
        (9, ("Too few scenarios are complete to score",)),
        (10, ()),
    ],
)
def test_what_is_missing_is_called_missing(kept: int, reasons: tuple[str, ...]) -> None:
    answers = np.where(PLAN.scenario < kept, PLAN.key_values, np.nan)
    assert response_quality(FORM, score_vector(PLAN, answers), {}).reasons == reasons


def test_the_same_ratings_are_called_the_same() -> None:
    said = "Nearly all ratings are the same, so nothing can be scored"
    assert response_quality(FORM, ALL_THE_SAME, {}).reasons == (said,)


def test_the_same_ratings_of_one_kind_are_called_so() -> None:
    reasons = (NotScored("emotions", NotScoredCode.SAME_RATINGS_OF_KIND),)
    score = replace(score_vector(PLAN, PLAN.key_values), overall=None, not_scored=reasons)
    said = "All ratings of one kind are the same, so nothing can be scored"
    assert response_quality(FORM, score, {}).reasons == (said,)


def test_what_a_key_lacks_says_nothing_about_a_person() -> None:
    plan = make_plan(FORM, {scenario.id: [3.0] * 4 for scenario in FORM.scenarios})
    score = score_vector(plan, PLAN.key_values)
    assert score.overall is None
    assert response_quality(FORM, score, {}).reasons == ()


@pytest.mark.parametrize("format_", [ResponseFormat.PICK_BEST_AND_WORST, ResponseFormat.RANK, ResponseFormat.PICK_BEST])
def test_choices_are_called_choices(format_: ResponseFormat) -> None:
    form = make_form(make_scenarios(4), format=format_)
    plan = scoring_plan(form, make_key(form))
    random = next(
        score
        for score in (score_vector(plan, answers) for answers in simulate_people(plan, 50, 1, random=1).answers)
        if score.random_like
    )
    quality = response_quality(form, random, times(3))
    assert quality.reasons == (
        "3 of 12 pages were sent faster than two seconds for each response to read",
        "The choices cannot be told from random answering",
    )
