"""The words of forms that ask in one way only, and of options that are short."""

from dataclasses import replace

import pytest

from eiassess.domain.formats import ChoicePrompt, ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scenarios import ScenarioKind
from eiassess.web.candidate.answers import Clash
from eiassess.web.candidate.words import clash_at, clash_summary, each_decision, excerpt, what_you_do
from tests.builders import make_form, make_scenario, make_scenarios


def form_of(used: ResponseFormat, *, kind: ScenarioKind = ScenarioKind.RESPONSES, n: int = 2) -> AssessmentForm:
    scenarios = [make_scenario(f"one-{number}", kind=kind) for number in range(n)]
    prompts = {each: dict.fromkeys(ResponseFormat, ChoicePrompt("Which?", "Most", "Least")) for each in ScenarioKind}
    return replace(make_form(scenarios), format=used, prompts=prompts)


@pytest.mark.parametrize(
    ("used", "words", "each"),
    [
        (ResponseFormat.RATE_EACH, "rate 8 responses", "rating"),
        (ResponseFormat.PICK_BEST_AND_WORST, "choose 4 times what is best or worst", "choice"),
        (ResponseFormat.PICK_BEST, "choose 2 times what is best", "choice"),
        (ResponseFormat.RANK, "put 8 responses in order", "place"),
    ],
)
def test_a_form_of_one_format_says_only_that(used: ResponseFormat, words: str, each: str) -> None:
    form = form_of(used)
    assert what_you_do(form) == words
    assert each_decision(form) == each


def test_a_single_choice_is_said_as_one() -> None:
    assert what_you_do(form_of(ResponseFormat.PICK_BEST, n=1)) == "choose 1 time what is best"


def test_feelings_are_called_so() -> None:
    assert what_you_do(form_of(ResponseFormat.RATE_EMOTIONS, kind=ScenarioKind.EMOTIONS)) == "rate 8 feelings"
    assert what_you_do(make_form(make_scenarios(1, emotions=1))) == "rate 17 responses and feelings"


def test_a_short_option_is_quoted_whole_and_a_long_one_by_its_first_words() -> None:
    short = make_scenario()
    assert excerpt(short, "a") == "“Option a is said.”"
    long = replace(short, options=(replace(short.options[0], text='"Well. It is a lamp, see? And it is yours."'),))
    assert excerpt(long, "a") == "“Well. It is a lamp, see…”"


def test_a_clash_is_told_in_the_banks_own_words() -> None:
    form = form_of(ResponseFormat.PICK_BEST_AND_WORST)
    scenario = form.scenarios[0]
    both = Clash(("a",), (1, -1))
    assert clash_summary(form, scenario, both).startswith("“Option a is said.” is chosen as most and as least.")
    assert clash_at(form, scenario, both, "a").startswith("This is chosen as both most and least.")
    three = Clash(("a", "b", "d"), (2,))
    ranked = form_of(ResponseFormat.RANK)
    assert clash_summary(ranked, scenario, three) == (
        "Place 2 is given to “Option a is said.”, “Option b is said.” and “Option d is said.”. "
        "Give each a place of its own."
    )
