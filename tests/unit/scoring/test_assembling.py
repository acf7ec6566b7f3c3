"""Assembled forms keep every rule, and are more alike than forms drawn at random."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scenarios import Scenario
from eiassess.domain.specifications import (
    ContentSpecification,
    CountRule,
    Facet,
    GroupRule,
    ScenarioPool,
    ScenarioStatistics,
    TwinRule,
    WordLimits,
)
from eiassess.errors import RefusedError
from eiassess.scoring.assembling.assembly import Assembly, assemble
from eiassess.scoring.assembling.profiles import form_profile, largest_differences, most_shared
from tests.assembling import COMPETENCIES, make_members, make_pool, make_specification, make_twins, twin_of

SMALL = COMPETENCIES[:3]


def small_pool(per_competency: int = 6, **others: object) -> ScenarioPool:
    return make_pool(make_members(per_competency, SMALL), **others)  # type: ignore[arg-type]


def small(number: int = 2, **changes: object) -> ContentSpecification:
    return make_specification(dict.fromkeys(SMALL, number), **changes)


def ids(assembly: Assembly) -> list[tuple[str, ...]]:
    return [form.scenario_ids for form in assembly.forms]


def counted(form: AssessmentForm, facet: Facet) -> Counter[str | None]:
    return Counter(facet.of(scenario) for scenario in form.scenarios)


@pytest.fixture(scope="module")
def standard() -> Assembly:
    """Two forms of 24 from a bank of 64."""
    rules = tuple(CountRule({Facet.CHANNEL: channel}, 2, 4) for channel in ("counter", "phone", "lead"))
    return assemble(make_specification(counts=rules, minutes=40), make_pool(make_members(seed=5)), 2)


def test_every_competency_has_its_number_and_no_scenario_stands_twice(standard: Assembly) -> None:
    for form in standard.forms:
        assert counted(form, Facet.COMPETENCY) == dict.fromkeys(COMPETENCIES, 3)
        assert len(set(form.scenario_ids)) == 24
        assert form.expected_seconds(form.scenarios) <= 40 * 60
        assert all(2 <= counted(form, Facet.CHANNEL)[channel] <= 4 for channel in ("counter", "phone", "lead"))
    assert not set(standard.forms[0].scenario_ids) & set(standard.forms[1].scenario_ids)


def test_forms_are_nearly_the_same_in_what_they_hold(standard: Assembly) -> None:
    found = largest_differences([form_profile(form, {}) for form in standard.forms])
    assert found["words"] <= 25
    assert found[Facet.COMPETENCY] == found[Facet.KIND] == 0
    assert found[Facet.CHANNEL] <= 1
    assert found[Facet.STYLE] <= 1
    assert standard.gap < 0.5


def test_they_are_more_alike_than_nearly_all_forms_drawn_at_random(standard: Assembly) -> None:
    def unlikeness(forms: Sequence[AssessmentForm]) -> float:
        found = largest_differences([form_profile(form, {}) for form in forms])
        return found["words"] / 25 + found[Facet.CHANNEL] + found[Facet.STYLE]

    chance = random.Random(5)  # noqa: S311 - a test's draw
    pool = make_pool(make_members(seed=5))
    drawn = []
    for _ in range(300):
        halves: tuple[list[Scenario], list[Scenario]] = ([], [])
        for competency in COMPETENCIES:
            six = chance.sample([each for each in pool.scenarios if each.competency == competency], 6)
            halves[0].extend(six[:3])
            halves[1].extend(six[3:])
        drawn.append(unlikeness([replace(pool.form, scenarios=tuple(half)) for half in halves]))
    assert unlikeness(standard.forms) <= np.quantile(drawn, 0.02)


def test_each_form_is_spread_over_channels(standard: Assembly) -> None:
    for form in standard.forms:
        assert max(counted(form, Facet.CHANNEL).values()) - min(counted(form, Facet.CHANNEL).values()) <= 3


def test_the_same_input_gives_the_same_forms_in_whichever_order_it_came() -> None:
    pool = small_pool()
    turned = replace(pool, form=replace(pool.form, scenarios=pool.scenarios[::-1]))
    first = assemble(small(), pool, 2, seed=3)
    assert ids(first) == ids(assemble(small(), turned, 2, seed=3))
    assert first.is_best


def test_another_seed_decides_otherwise_between_equals() -> None:
    assert len({str(ids(assemble(small(), small_pool(), 1, seed=seed))) for seed in range(6)}) > 1


@pytest.mark.parametrize("overlap", [0, 1, 2])
def test_no_two_forms_share_more_than_is_allowed(overlap: int) -> None:
    specification = small(overlap=overlap, must_include=tuple(f"{name}-1" for name in SMALL[:overlap]))
    assembly = assemble(specification, small_pool(6), 3)
    assert most_shared(assembly.forms) == overlap
    for form in assembly.forms:
        assert set(specification.must_include) <= set(form.scenario_ids)


def test_enemies_are_kept_apart() -> None:
    groups = (("reading-1", "soothing-1", "composure-1"), ("reading-2", "soothing-2"))
    assembly = assemble(small(never_together=groups), small_pool(5), 2)
    for form in assembly.forms:
        assert all(len(set(group) & set(form.scenario_ids)) <= 1 for group in groups)


def twin_pool(per_competency: int = 8, **others: object) -> ScenarioPool:
    return make_pool(make_twins(make_members(per_competency, SMALL)), **others)  # type: ignore[arg-type]


def halves_in(form: AssessmentForm) -> int:
    return sum(scenario.twin is not None for scenario in form.scenarios)


def pairs_in(form: AssessmentForm) -> int:
    return len(set(form.scenario_ids) & {twin_of(name) for name in form.scenario_ids}) // 2


@pytest.mark.parametrize("n_forms", [1, 2])
def test_no_form_has_both_halves_of_a_pair(n_forms: int) -> None:
    """Three of six, as many as there are pairs: without the rule, forms have both halves of some."""
    forms = assemble(small(3), twin_pool(6), n_forms).forms
    assert [pairs_in(form) for form in forms] == [0] * n_forms
    assert any(pairs_in(form) for form in assemble(small(3), small_pool(6), n_forms).forms)


def test_one_halfs_word_is_enough_to_keep_them_apart() -> None:
    for naming in (0, 1):
        members = [
            replace(each, twin=twin_of(each.id) if int(each.id[-1]) % 2 == naming else None)
            for each in make_members(4, SMALL)
        ]
        (form,) = assemble(small(), make_pool(members), 1).forms
        assert not pairs_in(form)


def test_the_other_half_stands_in_the_other_form() -> None:
    one, other = assemble(small(3, twins=TwinRule(across=True)), twin_pool(), 2).forms
    assert {twin_of(name) for name in one.scenario_ids} == set(other.scenario_ids)


def test_across_says_nothing_of_one_form_or_of_a_bank_without_pairs() -> None:
    across = small(twins=TwinRule(across=True))
    assert len(assemble(across, twin_pool(), 1).forms[0].scenario_ids) == 6
    assert len(assemble(across, twin_pool(6), 3).forms) == 3
    assert ids(assemble(across, small_pool(), 2)) == ids(assemble(small(), small_pool(), 2))


def test_a_half_whose_twin_may_not_be_taken_is_free() -> None:
    pool = twin_pool(2, unusable={f"{name}-1": "its status is retired" for name in SMALL})
    (form,) = assemble(small(1), pool, 1).forms
    assert len(form.scenario_ids) == 3


def test_at_least_so_many_are_halves_of_pairs() -> None:
    members = [
        replace(each, twin=twin_of(each.id) if int(each.id[-1]) <= 4 else None) for each in make_members(8, SMALL)
    ]
    fewest = min(halves_in(form) for form in assemble(small(3), make_pool(members), 2).forms)
    wanted = small(3, twins=TwinRule(6))
    for form in assemble(wanted, make_pool(members), 2).forms:
        assert halves_in(form) >= 6
    assert fewest < 6


def test_groups_are_held() -> None:
    grain = frozenset(f"{name}-{number}" for name in SMALL for number in (1, 3, 5))
    rules = (GroupRule("with the grain", grain, 3, 3), GroupRule("never", frozenset({"reading-2"}), 0, 0))
    for form in assemble(small(groups=rules), small_pool(8), 2).forms:
        assert len(grain & set(form.scenario_ids)) == 3
        assert "reading-2" not in form.scenario_ids
    (form,) = assemble(small(groups=(GroupRule("many", grain, minimum=6),)), small_pool(8), 1).forms
    assert set(form.scenario_ids) <= grain


def test_scenarios_of_competencies_that_are_not_asked_for_are_not_taken() -> None:
    assembly = assemble(make_specification({"recovery": 2}), make_pool(), 1)
    assert counted(assembly.forms[0], Facet.COMPETENCY) == {"recovery": 2}


def test_words_keep_their_limits_and_near_their_target() -> None:
    pool = small_pool(8)
    free = [form_profile(form, {}).words for form in assemble(small(), pool, 1).forms]
    for limits in (WordLimits(minimum=free[0] + 60), WordLimits(maximum=free[0] - 40)):
        (form,) = assemble(small(words=limits), pool, 1).forms
        assert (limits.minimum or 0) <= form_profile(form, {}).words <= (limits.maximum or 10_000)
    target = free[0] + 50
    for form in assemble(small(words=WordLimits(target=target)), pool, 2).forms:
        assert abs(form_profile(form, {}).words - target) <= 40


def test_what_is_to_be_avoided_is_taken_only_where_it_must_be() -> None:
    avoid = frozenset({"reading-1", "reading-2", "reading-3", "reading-4", "soothing-1", "composure-6"})
    (form,) = assemble(small(avoid=avoid), small_pool(5), 1).forms
    assert len(avoid & set(form.scenario_ids)) == 1


def test_statistics_are_matched_where_they_exist() -> None:
    pool = small_pool(8)
    chance = random.Random(2)  # noqa: S311 - a test's numbers
    known = {each.id: ScenarioStatistics(chance.gauss(0, 1), chance.uniform(0.2, 1.0)) for each in pool.scenarios}
    with_them = assemble(small(4), replace(pool, statistics=known), 2)
    without = [
        largest_differences([form_profile(form, known) for form in assemble(small(4), pool, 2, seed=seed).forms])
        for seed in range(5)
    ]
    profiles = [form_profile(form, known) for form in with_them.forms]
    found = largest_differences(profiles)
    assert found["difficulty"] < np.median([each["difficulty"] for each in without])
    assert found["information"] < np.median([each["information"] for each in without])
    assert found["difficulty"] < 0.25


def test_scenarios_without_statistics_can_be_taken_and_count_as_usual_ones() -> None:
    pool = small_pool(4)
    known = {each.id: ScenarioStatistics(float(n % 5), 0.5) for n, each in enumerate(pool.scenarios[:6])}
    forms = assemble(small(4), replace(pool, statistics=known), 1).forms
    assert form_profile(forms[0], known).with_statistics == 6


def test_statistics_that_say_nothing_change_nothing() -> None:
    pool = small_pool()
    same = {each.id: ScenarioStatistics(0.5, 0.0) for each in pool.scenarios}
    assert ids(assemble(small(), replace(pool, statistics=same), 2)) == ids(assemble(small(), pool, 2))


def test_a_bank_without_styles_needs_none() -> None:
    members = [replace(each, style=None) for each in make_members(4, SMALL)]
    assert len(assemble(small(), make_pool(members), 2).forms) == 2


def test_a_search_that_is_cut_short_says_so() -> None:
    with pytest.raises(RefusedError, match="No forms for 'standard' were found in time"):
        assemble(make_specification(counts=(CountRule({Facet.KIND: "emotions"}, 1),)), make_pool(), 2, time_limit=1e-9)
    with pytest.raises(RefusedError, match="found in time"):
        assemble(small(avoid=frozenset({"reading-1"})), small_pool(), 2, time_limit=1e-9)


def test_all_forms_of_a_bank_that_they_use_up() -> None:
    forms = assemble(small(), small_pool(6), 3).forms
    assert len({name for form in forms for name in form.scenario_ids}) == 18
    assert all(not set(one.scenario_ids) & set(other.scenario_ids) for one, other in combinations(forms, 2))
