"""A specification that cannot be met is refused with the rules that are to blame."""

from dataclasses import replace

import pytest

from eiassess.domain.specifications import (
    ContentSpecification,
    CountRule,
    Facet,
    GroupRule,
    ScenarioPool,
    TwinRule,
    WordLimits,
)
from eiassess.errors import RefusedError
from eiassess.scoring.assembling.assembly import assemble
from tests.assembling import make_members, make_pool, make_specification, make_twins

SMALL = ("reading", "recovery", "speaking-up")


def pool(per_competency: int = 4, **others: object) -> ScenarioPool:
    return make_pool(make_members(per_competency, SMALL), **others)  # type: ignore[arg-type]


def specification(number: int = 2, **changes: object) -> ContentSpecification:
    return make_specification(dict.fromkeys(SMALL, number), **changes)


def refusal(wanted: ContentSpecification, scenarios: ScenarioPool, n_forms: int = 1) -> str:
    with pytest.raises(RefusedError) as caught:
        assemble(wanted, scenarios, n_forms)
    return str(caught.value).removeprefix("The specification 'standard' cannot be met: ")


def count(minimum: int = 0, maximum: int | None = None, **where: str) -> CountRule:
    return CountRule({Facet(name): value for name, value in where.items()}, minimum, maximum)


def test_too_few_scenarios_of_a_competency() -> None:
    wanted = make_specification({"recovery": 5, "reading": 4})
    assert refusal(wanted, pool()) == "5 scenarios of Recovery: the bank has 4 for a form"
    assert refusal(wanted, pool(), 2) == (
        "5 scenarios of Recovery: the bank has 4 for a form; "
        "4 scenarios of Reading in each of 2 forms, none shared, need 8; the bank has 4"
    )


def test_too_few_for_all_forms() -> None:
    said = refusal(specification(3), pool(), 2)
    assert said.startswith("3 scenarios of Reading in each of 2 forms, none shared, need 6; the bank has 4; ")
    assert "3 scenarios of Speaking up in each of 2 forms" in said
    assert refusal(specification(3, overlap=1), pool(), 2).startswith(
        "3 scenarios of Reading in each of 2 forms, at most 1 shared by two, need 5; the bank has 4"
    )


def test_a_competency_on_a_channel_that_has_too_few() -> None:
    rule = count(3, competency="speaking-up", channel="chat")
    wanted = make_specification({"speaking-up": 4}, counts=(rule,))
    assert refusal(wanted, pool(8)) == (
        "at least 3 scenarios of Speaking up on channel chat: the bank has 1 for a form"
    )


def test_a_channel_that_competencies_do_not_leave_enough_of() -> None:
    wanted = specification(2, counts=(count(4, channel="lead"),))
    assert refusal(wanted, pool(8)) == "at least 4 scenarios on channel lead: the bank has 3 for a form"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"words": WordLimits(maximum=100)}, "at most 100 words: the scenarios that the competencies need have "),
        ({"words": WordLimits(minimum=9000)}, "at least 9,000 words: the bank has "),
        ({"minutes": 2.5}, "at most 2.5 minutes: the scenarios that the competencies need have "),
        ({"counts": (count(0, 3, kind="responses"),)}, "at most 3 scenarios of kind responses: the scenarios that "),
    ],
)
def test_a_length_that_cannot_be_had(changes: dict[str, object], said: str) -> None:
    assert refusal(specification(**changes), pool()).startswith(said)


def test_minutes_are_told_as_minutes() -> None:
    assert refusal(specification(minutes=2), pool()).endswith(" minutes at least")


def test_what_may_not_be_taken_is_counted_by_reason() -> None:
    reasons = {"a": "must_exclude names it", "b": "key x does not cover it", "c": "must_exclude names it"}
    said = refusal(specification(5), pool(unusable=reasons))
    assert said.endswith("; may not be taken: 2 (must_exclude names it), 1 (key x does not cover it)")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("recovery-9", "must_exclude names it"),
        ("soothing-1", "the specification takes none of its competency"),
    ],
)
def test_a_scenario_that_must_and_cannot_be_there(name: str, why: str) -> None:
    said = refusal(specification(must_include=(name,)), pool(unusable={"recovery-9": "must_exclude names it"}))
    assert said == f"must_include names {name}, but {why}"


def test_a_scenario_in_every_form_and_in_no_two() -> None:
    wanted = specification(must_include=("recovery-1",))
    assert refusal(wanted, pool(), 2) == "must_include puts 1 into every form, but overlap lets two forms share 0"
    assert len(assemble(wanted, pool(), 1).forms) == 1


def test_rules_that_clash_only_together_are_all_named_and_no_other() -> None:
    wanted = specification(
        counts=(count(0, 3, channel="phone"), count(3, 4, kind="responses")),
        must_include=("recovery-1", "speaking-up-1"),
        never_together=(("recovery-1", "speaking-up-1"), ("reading-1", "reading-2")),
    )
    assert refusal(wanted, pool()) == (
        "these rules clash: must_include puts recovery-1 into every form; "
        "must_include puts speaking-up-1 into every form; never_together keeps recovery-1 and speaking-up-1 apart"
    )


def test_a_single_competency_is_named() -> None:
    everybody = tuple(f"{name}-{number}" for name in SMALL for number in range(1, 5))
    said = refusal(specification(never_together=(everybody,)), pool())
    assert said.startswith("these rules clash: 2 scenarios of ")
    assert said.count(";") == 1


def test_many_competencies_are_counted() -> None:
    members = [replace(each, channel=("phone", "chat")[n % 2]) for n, each in enumerate(make_members(4, SMALL))]
    wanted = specification(counts=(count(0, 2, channel="phone"), count(1, 2, channel="chat"), count(1, channel="chat")))
    assert refusal(wanted, make_pool(members)) == (
        "these rules clash: 6 scenarios in 3 competencies; at most 2 scenarios on channel phone; "
        "1 to 2 scenarios on channel chat"
    )


def test_sharing_less_than_the_forms_need() -> None:
    wanted = make_specification({"recovery": 2}, overlap=1, never_together=(("recovery-1", "recovery-2"),))
    said = refusal(wanted, make_pool(make_members(3, ("recovery",))), 3)
    assert said.startswith("these rules clash: ")
    assert "at most 1 scenario shared by two forms (overlap = 1)" in said
    assert "2 scenarios of Recovery" in said
    assert "never_together keeps recovery-1 and recovery-2 apart" in said


APART = "no form has both halves of a flip pair"


def twin_pool(per_competency: int = 4) -> ScenarioPool:
    return make_pool(make_twins(make_members(per_competency, SMALL)))


def test_more_of_a_competency_than_it_has_pairs() -> None:
    said = refusal(make_specification({"recovery": 3}), twin_pool())
    assert said == f"these rules clash: 3 scenarios of Recovery; {APART}"


def test_both_halves_in_every_form() -> None:
    assert refusal(specification(must_include=("recovery-1", "recovery-2")), twin_pool()) == (
        "these rules clash: must_include puts recovery-1 into every form; "
        f"must_include puts recovery-2 into every form; {APART}"
    )


def test_the_same_half_in_both_forms_cannot_face_its_twin() -> None:
    wanted = specification(1, must_include=("recovery-1",), overlap=3, twins=TwinRule(across=True))
    assert refusal(wanted, twin_pool(), 2).endswith(f"{APART}; the other half of a flip pair stands in the other form")


def test_more_halves_than_the_bank_has() -> None:
    assert refusal(specification(twins=TwinRule(3)), pool()) == (
        "at least 3 scenarios of flip pairs: the bank has 0 for a form"
    )


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"minimum": 3}, "at least 3 scenarios of the group 'warm': the bank has 2 for a form"),
        ({"minimum": 3, "maximum": 4}, "3 to 4 scenarios of the group 'warm': the bank has 2 for a form"),
        ({"minimum": 3, "maximum": 3}, "3 scenarios of the group 'warm': the bank has 2 for a form"),
    ],
)
def test_a_group_that_the_bank_cannot_fill(limits: dict[str, int], said: str) -> None:
    group = GroupRule("warm", frozenset({"recovery-1", "recovery-2"}), **limits)
    assert refusal(specification(groups=(group,)), pool()) == said


def test_a_group_that_clashes_is_named() -> None:
    group = GroupRule("warm", frozenset({"recovery-1"}), maximum=0)
    assert refusal(specification(must_include=("recovery-1",), groups=(group,)), pool()) == (
        "these rules clash: 0 scenarios of the group 'warm'; must_include puts recovery-1 into every form"
    )
