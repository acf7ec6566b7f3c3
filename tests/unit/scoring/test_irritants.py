"""Irritants that a person rated as effective: named where chance does not explain it, and seldom at random."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scenarios import ScenarioKind
from eiassess.domain.scores import RatedEffective
from eiassess.scoring.person.engine import score_answers
from eiassess.scoring.person.irritants import above_the_middle, rated_effective, tagged_options
from tests.builders import digest, make_form, make_key, make_scenario, make_scenarios

FORM = make_form(make_scenarios(8), id="with-irritants")
WORST = {"a": "impatient", "b": "script"}
Answers = dict[str, dict[str, int]]


def tagging(form: AssessmentForm, tags: Mapping[str, Mapping[str, str]], *, value: float = 1.5) -> ScoringKey:
    """A key with tags, scenario -> option -> irritant, all of whose tagged options have one value."""
    key = make_key(form)
    tagged = {
        scenario: {
            option: replace(credit, value=value, irritant=tags[scenario][option])
            if option in tags.get(scenario, {})
            else credit
            for option, credit in options.items()
        }
        for scenario, options in key.credits.items()
    }
    return replace(key, credits=tagged, digest=digest(key.digest, tags, value))


KEY = tagging(FORM, {name: {"ab"[i % 2]: WORST["ab"[i % 2]]} for i, name in enumerate(FORM.scenario_ids[:16])})
"""Eight scenarios with an option of each of two irritants, and eight without."""


def near(key: ScoringKey, liked: str = "", n: int = 99) -> Answers:
    """Somebody who rates as the key does, but the first n options of one irritant at the top."""
    left, answers = n, {}
    for scenario, options in key.credits.items():
        answers[scenario] = {}
        for option, credit in options.items():
            is_liked = bool(liked) and credit.irritant == liked and left > 0
            left -= is_liked
            answers[scenario][option] = 6 if is_liked else round(credit.value)
    return answers


def named(form: AssessmentForm, key: ScoringKey, answers: Answers) -> tuple[RatedEffective, ...]:
    return rated_effective(form, key, score_answers(form, key, answers), answers)


def test_who_rates_all_options_of_one_irritant_high_is_named() -> None:
    (found,) = named(FORM, KEY, near(KEY, "script"))
    assert (found.irritant, found.n_above, found.n_tagged) == ("script", 8, 8)
    chance = 1.0
    for scenario, options in KEY.credits.items():
        if any(each.irritant == "script" for each in options.values()):
            chance *= len(above(near(KEY, "script"), scenario)) / 4
    assert found.p_adjusted == pytest.approx(2 * chance)


def above(answers: Answers, scenario: str) -> set[str]:
    return {option for option, rating in answers[scenario].items() if rating > 3.5}


def test_the_clearest_comes_first() -> None:
    both = {
        scenario: {option: max(of[option], near(KEY, "impatient", 7)[scenario][option]) for option in of}
        for scenario, of in near(KEY, "script").items()
    }
    found = named(FORM, KEY, both)
    assert [each.irritant for each in found] == ["script", "impatient"]
    assert [(each.n_above, each.n_tagged) for each in found] == [(8, 8), (7, 8)]


def test_who_follows_the_key_or_rates_a_few_of_them_high_is_not_named() -> None:
    assert named(FORM, KEY, near(KEY)) == ()
    assert named(FORM, KEY, near(KEY, "script", 2)) == ()


def test_with_few_tagged_options_nobody_can_be_named() -> None:
    """One or two such options in a form: not even somebody who rates just these high differs from chance."""
    first, second = FORM.scenario_ids[:2]
    few = tagging(FORM, {first: {"a": "script"}, second: {"b": "script"}})
    only = {
        name: {o: 5 if few.credits[name][o].irritant else 1 + i % 3 for i, o in enumerate("abcd")}
        for name in few.credits
    }
    assert named(FORM, few, only) == ()


def test_who_rates_everything_high_where_an_irritant_is_has_not_chosen_it() -> None:
    answers = {
        scenario: {option: 6 if any(each.irritant for each in of.values()) else 1 + i for i, option in enumerate(of)}
        for scenario, of in KEY.credits.items()
    }
    assert named(FORM, KEY, answers) == ()


def test_without_tags_or_without_a_score_nothing_is_said() -> None:
    assert named(FORM, make_key(FORM), near(KEY, "script")) == ()
    same = {name: dict.fromkeys("abcd", 6) for name in FORM.scenario_ids}
    assert named(FORM, KEY, same) == ()


def test_an_incomplete_scenario_is_not_counted() -> None:
    answers = near(KEY, "script")
    left_out = FORM.scenario_ids[1]
    answers[left_out].pop("c")
    (found,) = named(FORM, KEY, answers)
    assert (found.n_above, found.n_tagged) == (7, 7)


def test_a_score_whose_answers_are_gone_says_nothing() -> None:
    answers = near(KEY, "script")
    assert rated_effective(FORM, KEY, score_answers(FORM, KEY, answers), {}) == ()


def test_an_option_that_the_key_puts_above_the_middle_is_no_irritant() -> None:
    """A panel's key takes tags over, and its experts may have rated such an option as effective."""
    tags = {name: {"a": "script"} for name in FORM.scenario_ids}
    assert tagged_options(FORM, tagging(FORM, tags, value=3.6)) == {}
    at_the_middle = tagged_options(FORM, tagging(FORM, tags, value=3.5))
    assert at_the_middle == {"script": {name: frozenset("a") for name in FORM.scenario_ids}}


def test_only_rated_effectiveness_counts() -> None:
    scenarios = [
        make_scenario("rated"),
        make_scenario("picked"),
        make_scenario("felt", options=5, kind=ScenarioKind.EMOTIONS),
        make_scenario("unkeyed"),
    ]
    form = make_form(scenarios, id="mixed", formats={"picked": ResponseFormat.PICK_BEST})
    key = tagging(form, {each.id: {"a": "script", "b": "script"} for each in scenarios})
    key = replace(key, credits={name: of for name, of in key.credits.items() if name != "unkeyed"})
    assert tagged_options(form, key) == {"script": {"rated": frozenset("ab")}}


def test_the_middle_itself_is_not_above_it() -> None:
    scenario = FORM.scenarios[0]
    assert above_the_middle(FORM, scenario, {"a": 1, "b": 3, "c": 4, "d": 6}) == {"c", "d"}


@pytest.mark.parametrize("weights", [(1, 1, 1, 1, 1, 1), (1, 1, 2, 2, 2, 4), (8, 4, 2, 1, 1, 1)])
def test_of_random_people_at_most_five_in_a_hundred_are_named(weights: Sequence[int]) -> None:
    """Whatever ratings they prefer; named at all, with Holm over four irritants."""
    names = ("impatient", "script", "told-no", "faceless")
    scenarios = [make_scenario(f"s{number}", competency=f"c{number % 4}") for number in range(40)]
    form = make_form(scenarios, id="long")
    key = tagging(form, {each.id: {"abcd"[i % 4]: names[i % 4]} for i, each in enumerate(scenarios)})
    complete = score_answers(form, key, near(key))
    generator = np.random.default_rng(11)
    people = generator.choice(np.arange(1, 7), (2000, len(scenarios), 4), p=np.array(weights) / sum(weights))
    n_named = 0
    for person in people.tolist():
        answers = {each.id: dict(zip("abcd", row, strict=True)) for each, row in zip(scenarios, person, strict=True)}
        n_named += bool(rated_effective(form, key, complete, answers))
    assert 0 < n_named <= 0.05 * len(people)
