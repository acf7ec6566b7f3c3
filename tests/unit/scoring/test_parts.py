import pytest

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.reasons import NotScored, NotScoredCode
from eiassess.scoring.person.missing import gives_overall_only, needed_scenarios, overall_only, part_refusal
from tests.builders import make_form, make_scenario, make_scenarios

BEST_AND_WORST = ResponseFormat.PICK_BEST_AND_WORST


@pytest.mark.parametrize(
    ("format_", "per_competency", "overall_only"),
    [
        (ResponseFormat.RATE_EACH, 1, True),
        (ResponseFormat.RATE_EACH, 2, False),
        (BEST_AND_WORST, 2, True),
        (BEST_AND_WORST, 3, False),
    ],
)
def test_a_form_with_too_few_scenarios_of_every_competency_gives_an_overall_score_only(
    format_: ResponseFormat, per_competency: int, *, overall_only: bool
) -> None:
    assert gives_overall_only(make_form(make_scenarios(per_competency), format=format_)) is overall_only


def test_one_competency_with_enough_is_enough() -> None:
    scenarios = [*make_scenarios(1), make_scenario("more"), make_scenario("still-more")]
    assert not gives_overall_only(make_form(scenarios, format=BEST_AND_WORST))


def test_one_choice_among_ratings_asks_for_a_third_scenario() -> None:
    form = make_form(formats={"recovery-1": ResponseFormat.RANK})
    recovery = [each for each in form.scenarios if each.competency == "recovery"]
    assert needed_scenarios(form, recovery) == 3
    assert needed_scenarios(form, recovery[1:]) == 2


def test_a_form_says_how_many_scenarios_it_would_need() -> None:
    rated, chosen = make_form(make_scenarios(1)), make_form(make_scenarios(2), format=BEST_AND_WORST)
    assert overall_only(rated) == NotScored("", NotScoredCode.FORM_OVERALL_ONLY, needed=2)
    assert overall_only(chosen) == NotScored("", NotScoredCode.FORM_OVERALL_ONLY, needed=3)


@pytest.mark.parametrize(
    ("asked", "needed", "counted", "expected"),
    [
        (3, 2, 2, None),
        (3, 2, 1, NotScored("calm", NotScoredCode.TOO_FEW_COMPLETE, 1, 3, 2)),
        (4, 2, 2, NotScored("calm", NotScoredCode.TOO_FEW_COMPLETE, 2, 4, 3)),
        (4, 2, 3, None),
        (300, 2, 200, None),
        (300, 2, 199, NotScored("calm", NotScoredCode.TOO_FEW_COMPLETE, 199, 300, 200)),
        (2, 2, 2, None),
        (1, 2, 1, NotScored("calm", NotScoredCode.FORM_TOO_SMALL, 1, 1, 2)),
        (3, 3, 3, None),
        (2, 3, 2, NotScored("calm", NotScoredCode.FORM_TOO_SMALL, 2, 2, 3)),
    ],
)
def test_a_part_needs_exactly_two_thirds_of_enough_scenarios(
    asked: int, needed: int, counted: int, expected: NotScored | None
) -> None:
    assert part_refusal("calm", asked, needed, counted) == expected
