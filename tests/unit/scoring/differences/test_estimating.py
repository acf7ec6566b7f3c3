"""Who takes part in an estimate, and why others do not."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from eiassess.domain.error_estimates import ErrorEstimate, ErrorMethod, NotCompared, SharedError
from eiassess.domain.scenarios import ScenarioKind
from eiassess.errors import InvalidInputError
from eiassess.scoring.differences.estimating import estimate_errors
from eiassess.scoring.differences.measuring import SatPerson, measured
from eiassess.scoring.differences.placing import PlacedPerson, place_people
from eiassess.scoring.person.engine import ENGINE, score_answers
from eiassess.scoring.person.plan import scoring_plan
from tests.builders import make_form, make_key, make_scenario, make_scenarios
from tests.unit.scoring.differences.people import (
    AREAS,
    FORM,
    KEY,
    NOW,
    as_the_key,
    mixed_form,
    people,
    simulated,
    with_answers,
    without,
)

PEOPLE = people(14)
OTHER_WAY_ROUND = {"recovery-1", "composure-1", "listening-1", "recovery-2"}
"""The first block of four pages."""


def estimated(sat: list[SatPerson]) -> ErrorEstimate:
    return estimate_errors(FORM, KEY, sat, made_at=NOW)


def placed(person: SatPerson, estimate: ErrorEstimate) -> PlacedPerson:
    (found,) = place_people(FORM, KEY, [person], estimate, AREAS)
    return found


def turned(person: SatPerson) -> Mapping[str, Mapping[str, int]]:
    """The first block answered the other way round, the others as they were."""
    return {name: {o: 7 - v for o, v in person.answers[name].items()} for name in OTHER_WAY_ROUND}


def uneven_person() -> SatPerson:
    """Somebody near the key but in the first block of pages."""
    return replace(with_answers(PEOPLE[0], turned(PEOPLE[0])), id="uneven")


def test_everybody_who_answered_everything_shapes_it() -> None:
    found = estimated(PEOPLE)
    assert found.members == tuple(person.id for person in PEOPLE)
    assert (found.n, found.engine, found.method) == (14, ENGINE, ErrorMethod.LEAVING_OUT)
    assert (found.form_digest, found.key_digest) == (FORM.digest, KEY.digest)
    assert (found.made_at, found.simulated, found.form_df) == (NOW, False, 12)
    assert found.even is not None
    assert set(found.scenario_means) == set(FORM.scenario_ids)


def test_whoever_left_something_out_is_compared_and_does_not_shape_it() -> None:
    short = without(PEOPLE[0], "recovery-1")
    found = estimated([*PEOPLE, short])
    assert found == estimated(PEOPLE)
    person = placed(short, found)
    assert (person.not_compared, person.in_estimate) == (None, False)
    assert person.test_error is not None
    assert person.test_error.df == pytest.approx(found.tests.d0 + 11)


def test_two_flags_keep_somebody_out_of_it_and_one_does_not() -> None:
    doubted = [replace(PEOPLE[0], flags=2), replace(PEOPLE[1], flags=1), *PEOPLE[2:]]
    found = estimated(doubted)
    assert found.members == tuple(person.id for person in PEOPLE[1:])
    assert placed(doubted[0], found).not_compared is None


def test_nine_people_lend_each_other_nothing() -> None:
    found = estimated(PEOPLE[:9])
    assert (found.tests.d0, found.intervals.d0, found.tests.s0_squared) == (0.0, 0.0, 0.0)
    assert (found.scenario_means, found.mean_z, found.tau_squared, found.even) == ({}, None, None, None)
    person = placed(PEOPLE[0], found)
    assert person.test_error == person.interval_error
    assert person.test_error is not None
    assert person.test_error.df == 12
    assert found.tests.typical == found.intervals.typical


def test_of_nobody_nothing_is_typical() -> None:
    found = estimated([])
    assert (found.n, found.tests) == (0, SharedError())


def test_people_who_all_answer_the_same_lend_each_other_nothing() -> None:
    """Centred, nothing is left of their errors, which are not nothing."""
    same = [replace(PEOPLE[0], id=f"same-{number}") for number in range(12)]
    found = estimated(same)
    assert (found.n, found.tests.d0, found.scenario_means, found.even) == (12, 0.0, {}, None)


def test_an_uneven_sitting_is_marked_and_leaves_the_estimate() -> None:
    odd = uneven_person()
    found = estimated([*PEOPLE, odd])
    assert found.uneven == ("uneven",)
    assert "uneven" not in found.members
    person = placed(odd, found)
    assert person.not_compared is NotCompared.UNEVEN
    assert person.interval is not None


def test_without_the_order_sat_nobody_is_marked() -> None:
    odd = replace(uneven_person(), order=())
    found = estimated([*PEOPLE, odd])
    assert found.uneven == ()
    assert placed(odd, found).not_compared is None


def test_the_same_answers_in_another_order_are_even() -> None:
    """What counts is where the stretch lay: spread over all blocks it is none."""
    first = list(OTHER_WAY_ROUND)
    others = [name for name in FORM.scenario_ids if name not in OTHER_WAY_ROUND]
    order = tuple(name for block in range(4) for name in (first[block], *others[3 * block : 3 * block + 3]))
    assert estimated([*PEOPLE, replace(uneven_person(), order=order)]).uneven == ()


def test_whoever_comes_later_is_held_against_what_was_kept() -> None:
    found = estimated(PEOPLE)
    later = uneven_person()
    assert placed(later, found).not_compared is NotCompared.UNEVEN
    assert placed(replace(later, order=()), found).not_compared is None
    assert placed(without(later, "recovery-1"), found).not_compared is None


def test_whoever_is_in_doubt_is_marked_too_and_shapes_nothing() -> None:
    doubted = replace(uneven_person(), flags=2)
    found = estimated([*PEOPLE, doubted])
    assert found.members == estimated(PEOPLE).members
    assert found.uneven == ("uneven",)
    assert placed(doubted, estimated(PEOPLE)).not_compared is NotCompared.UNEVEN


def test_members_stay_compared_with_an_estimate_that_was_made_with_them() -> None:
    """What was even when the estimate was made stays so, whatever is now known of the order."""
    odd = replace(uneven_person(), order=())
    found = estimated([*PEOPLE, odd])
    assert placed(replace(odd, order=FORM.scenario_ids), found).not_compared is None


def test_a_comparison_can_be_made_again_from_what_is_kept() -> None:
    found = estimated([*PEOPLE, uneven_person()])
    kept = ErrorEstimate.from_json(found.json)
    later = people(3, seed=9)
    assert kept == found
    assert place_people(FORM, KEY, later, kept, AREAS) == place_people(FORM, KEY, later, found, AREAS)


def test_not_scored() -> None:
    few = without(PEOPLE[0], *FORM.scenario_ids[:6])
    person = placed(few, estimated(PEOPLE))
    assert person.not_compared is NotCompared.NOT_SCORED
    assert person.z is person.score is person.interval is None
    assert person.areas == {}


def test_complete_agreement_has_no_error() -> None:
    key = make_key(FORM, {scenario.id: (6, 2, 1, 4, 3)[: len(scenario.options)] for scenario in FORM.scenarios})
    sat = people(12, key=key)
    estimate = estimate_errors(FORM, key, sat, made_at=NOW)
    (person,) = place_people(FORM, key, [as_the_key(key=key)], estimate)
    assert person.not_compared is NotCompared.AT_THE_END
    assert person.z is None
    assert person.score == pytest.approx(100)
    assert person.areas == {}


def test_agreement_that_is_complete_without_one_scenario_has_no_error() -> None:
    key = make_key(FORM, {scenario.id: (6, 2, 1, 4, 3)[: len(scenario.options)] for scenario in FORM.scenarios})
    nearly = with_answers(as_the_key(key=key), {"recovery-1": {"a": 1, "b": 5, "c": 6, "d": 3}})
    (person,) = place_people(FORM, key, [nearly], estimate_errors(FORM, key, people(12, key=key), made_at=NOW))
    assert person.not_compared is NotCompared.AT_THE_END
    assert person.z is not None
    assert person.interval is None


def test_ratings_alike_without_one_scenario() -> None:
    emotions = [each.id for each in FORM.scenarios if each.kind is ScenarioKind.EMOTIONS]
    flat = {name: dict.fromkeys("abcde", 3) for name in emotions[1:]}
    person = placed(with_answers(PEOPLE[0], flat), estimated(PEOPLE))
    assert person.not_compared is NotCompared.ALIKE_WITHOUT_ONE
    assert person.score is not None


def test_where_every_competency_has_one_scenario_no_error_is_known() -> None:
    form = make_form([make_scenario(f"s{n}", competency=f"c{n}") for n in range(5)], id="one-each")
    key = make_key(form)
    estimate = estimate_errors(form, key, people(12, form, key), made_at=NOW)
    assert estimate.n == 0
    (person,) = place_people(form, key, people(1, form, key), estimate, {"all": [f"c{n}" for n in range(5)]})
    assert person.not_compared is NotCompared.NO_ERROR
    area = person.areas["all"]
    assert (area.sem, area.interval, area.df, area.is_tested) == (None, None, 0, False)
    assert area.score == pytest.approx(person.score)


def test_an_estimate_of_something_else_is_refused() -> None:
    other = make_form(make_scenarios(4), id="another")
    with pytest.raises(InvalidInputError, match="not of form 'another' under key 'theory-1'"):
        place_people(other, make_key(other), [], estimated(PEOPLE))


def test_scores_are_the_engines() -> None:
    found = place_people(FORM, KEY, PEOPLE, estimated(PEOPLE), {name: [name] for name in ("recovery", "emotions")})
    for sat, person in zip(PEOPLE, found, strict=True):
        score = score_answers(FORM, KEY, sat.answers)
        assert score.overall is not None
        assert person.score == pytest.approx(score.overall.score, abs=1e-10)
        for name, area in person.areas.items():
            expected = score.competencies[name]
            assert (area.score, area.sem) == pytest.approx((expected.score, expected.sem), abs=1e-10)
            assert area.interval is not None
            assert expected.interval is not None
            assert area.interval.low == pytest.approx(expected.interval.low, abs=1e-10)
            assert (area.df, area.n_scenarios) == (expected.df, expected.n_scenarios)


def test_an_area_that_the_form_has_nothing_of_is_none() -> None:
    (person,) = place_people(FORM, KEY, PEOPLE[:1], estimated(PEOPLE), {"elsewhere": ["speaking-up"], **AREAS})
    assert set(person.areas) == set(AREAS)


def test_an_area_is_tested_from_two_thirds_of_its_scenarios() -> None:
    short = without(PEOPLE[0], "recovery-1", "composure-1", "recovery-2")
    area = placed(short, estimated(PEOPLE)).areas["words"]
    assert (area.n_scenarios, area.asked, area.is_tested) == (5, 8, False)
    assert placed(without(PEOPLE[0], "recovery-1", "composure-1"), estimated(PEOPLE)).areas["words"].is_tested


def test_with_choices_everybody_has_the_stored_error() -> None:
    """Leaving out is not shown to hold there: the drawn interval is the stored one."""
    form, key = mixed_form()
    sat = simulated(12, form, key)
    estimate = estimate_errors(form, key, sat, made_at=NOW, simulated=True)
    assert (estimate.method, estimate.n, estimate.tests.d0, estimate.even) == (ErrorMethod.STORED, 12, 0.0, None)
    assert estimate.simulated
    for person, own in zip(place_people(form, key, sat, estimate, {"recovery": ["recovery"]}), sat, strict=True):
        score = score_answers(form, key, own.answers)
        assert score.overall is not None
        assert score.overall.interval is not None
        assert person.interval is not None
        assert person.score == pytest.approx(score.overall.score, abs=1e-10)
        assert person.interval.low == pytest.approx(score.overall.interval.low, abs=1e-9)
        assert person.interval.high == pytest.approx(score.overall.interval.high, abs=1e-9)
        assert person.test_error is not None
        assert person.test_error.df == score.overall.df
        area, expected = person.areas["recovery"], score.competencies["recovery"]
        assert (area.score, area.sem) == pytest.approx((expected.score, expected.sem), abs=1e-9)


def test_with_choices_of_one_scenario_no_error_is_known() -> None:
    form = make_form([make_scenario("only")], id="one-choice", formats={"only": mixed_form()[0].formats["recovery-1"]})
    key = make_key(form)
    chosen = SatPerson("x", {"only": {"b": 1, "c": -1}})
    (person,) = place_people(form, key, [chosen], estimate_errors(form, key, [], made_at=NOW))
    assert person.not_compared is NotCompared.NO_ERROR


def test_leaving_out_with_choices_is_scoring_the_form_without_the_scenario() -> None:
    """What a study of choices would use."""
    form, key = mixed_form()
    sat = simulated(3, form, key, seed=4)
    found = measured(scoring_plan(form, key), sat)
    for place, left in enumerate(form.scenarios):
        rest = [each for each in form.scenarios if each is not left]
        formats = {name: each for name, each in form.formats.items() if name != left.id}
        smaller = make_form(rest, id=f"without-{left.id}", formats=formats)
        own = make_key(smaller, {s.id: [key.credits[s.id][o].value for o in s.option_ids] for s in rest})
        for row, person in enumerate(sat):
            score = score_answers(smaller, own, person.answers)
            assert score.overall is not None
            assert 50 * (1 + found.r_without[row, place]) == pytest.approx(score.overall.score, abs=1e-9)


def test_a_choice_that_the_key_does_not_tell_apart_counts_for_nothing() -> None:
    form = make_form(make_scenarios(4), id="flat-choice", formats={"recovery-1": mixed_form()[0].formats["recovery-1"]})
    flat = {scenario.id: (5.5, 2.0, 1.5, 4.0) for scenario in form.scenarios} | {"recovery-1": (3.0,) * 4}
    key = make_key(form, flat)
    found = measured(scoring_plan(form, key), simulated(2, form, key))
    assert not found.sheets.counted[:, form.scenario_ids.index("recovery-1")].any()
    assert not np.isnan(found.z).any()
