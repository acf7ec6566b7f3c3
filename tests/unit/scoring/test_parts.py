import pytest

from eiassess.domain.formats import ResponseFormat
from eiassess.scoring.parts import gives_overall_only, needed_scenarios, overall_only_reason, part_refusal
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


def test_reasons_name_what_is_missing() -> None:
    rated, chosen = make_form(make_scenarios(1)), make_form(make_scenarios(2), format=BEST_AND_WORST)
    assert overall_only_reason(rated).endswith("it has fewer than two scenarios of each competency")
    assert "fewer than three scenarios of each competency, and a choice" in overall_only_reason(chosen)
    assert part_refusal("calm", 3, 2, 2) == ""
    assert part_refusal("calm", 1, 2, 1) == "calm: the form has fewer than two of its scenarios"
