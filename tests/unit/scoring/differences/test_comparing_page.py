"""What a page tests, and what an estimate says without a test."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from eiassess.domain.error_estimates import ErrorEstimate, NotCompared
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.versions import VersionLink
from eiassess.scoring.differences.comparing_page import can_be_compared, compare_on_page
from eiassess.scoring.differences.estimating import estimate_errors
from eiassess.scoring.differences.in_general import (
    gap_needed,
    gap_on_list,
    probability_truly_higher,
    shows_true_order,
)
from eiassess.scoring.differences.placing import PlacedPerson, place_people
from tests.builders import make_form, make_key, make_scenarios
from tests.unit.scoring.differences.people import AREAS, FORM, KEY, NOW, people, without

PEOPLE = people(32)
ESTIMATE = estimate_errors(FORM, KEY, PEOPLE, made_at=NOW)
PLACED = place_people(FORM, KEY, PEOPLE, ESTIMATE, AREAS)
LINKED = replace(
    make_form(make_scenarios(4, emotions=4), id="linked"),
    digest="b" * 64,
    comparable_with=(VersionLink(FORM.digest, "Alice", "Same specification"),),
)


def on_form(form: AssessmentForm, seed: int = 5) -> tuple[PlacedPerson, ...]:
    sat = [replace(person, id=f"L{person.id}") for person in people(12, form, KEY, seed=seed)]
    return place_people(form, KEY, sat, estimate_errors(form, KEY, sat, made_at=NOW), AREAS)


def test_a_page_of_two_has_an_overall_test_and_one_of_each_area() -> None:
    tests = compare_on_page(PLACED[:2])
    assert [(test.what, test.weight) for test in tests] == [
        ("overall", 0.8), ("words", pytest.approx(0.1)), ("feelings", pytest.approx(0.1)),
    ]  # fmt: skip
    assert (tests[0].first, tests[0].second) == ("P001", "P002")


def test_a_page_without_areas_gives_overall_tests_everything() -> None:
    bare = place_people(FORM, KEY, PEOPLE[:3], ESTIMATE)
    assert [test.weight for test in compare_on_page(bare)] == pytest.approx([1 / 3] * 3)


def test_named_pairs_are_the_page() -> None:
    tests = compare_on_page(PLACED, [("P005", "P001"), ("P002", "P003")])
    overall = [test for test in tests if test.what == "overall"]
    assert [(test.first, test.second) for test in overall] == [("P005", "P001"), ("P002", "P003")]
    assert overall[0].weight == pytest.approx(0.4)


def test_the_test_turns_with_the_pair() -> None:
    (one, *_), (other, *_) = compare_on_page(PLACED[:2]), compare_on_page(PLACED[1::-1])
    assert (one.t, one.df, one.p) == (-other.t, other.df, other.p)


def test_nobody_else_weighs_on_who_is_not_compared() -> None:
    not_compared = replace(PLACED[2], not_compared=NotCompared.UNEVEN)
    assert compare_on_page([*PLACED[:2], not_compared]) == compare_on_page(PLACED[:2])
    assert not can_be_compared(PLACED[0], not_compared)
    assert not can_be_compared(not_compared, PLACED[0])


def test_whoever_has_no_score_is_on_the_page_and_in_no_test() -> None:
    (nobody,) = place_people(FORM, KEY, [without(PEOPLE[0], *FORM.scenario_ids[:8])], ESTIMATE, AREAS)
    assert compare_on_page([nobody, PLACED[0]]) == ()


def test_an_area_with_too_few_scenarios_is_not_tested() -> None:
    short = without(PEOPLE[0], "recovery-1", "composure-1", "recovery-2")
    (person,) = place_people(FORM, KEY, [short], ESTIMATE, AREAS)
    tests = compare_on_page([person, PLACED[1]])
    assert [(test.what, test.weight) for test in tests] == [("overall", 0.8), ("feelings", pytest.approx(0.2))]


def test_an_area_that_one_has_nothing_in_is_not_tested() -> None:
    other = replace(PLACED[1], areas={"words": PLACED[1].areas["words"]})
    assert [test.what for test in compare_on_page([PLACED[0], other])] == ["overall", "words"]


def test_linked_forms_are_compared_by_the_errors_of_intervals() -> None:
    (other, *_) = on_form(LINKED)
    (test, *_) = compare_on_page([PLACED[0], other])
    one, two = PLACED[0].interval_error, other.interval_error
    assert one is not None
    assert two is not None
    assert test.t == pytest.approx(((PLACED[0].z or 0) - (other.z or 0)) / np.sqrt(one.variance + two.variance))
    (within, *_) = compare_on_page(PLACED[:2])
    first, second = PLACED[0].test_error, PLACED[1].test_error
    assert first is not None
    assert second is not None
    assert within.t == pytest.approx(
        ((PLACED[0].z or 0) - (PLACED[1].z or 0)) / np.sqrt(first.variance + second.variance)
    )


def test_forms_that_are_not_linked_and_other_keys_are_not_compared() -> None:
    (apart, *_) = on_form(replace(LINKED, digest="c" * 64, comparable_with=()))
    assert compare_on_page([PLACED[0], apart]) == ()
    assert compare_on_page([PLACED[0], replace(PLACED[1], key_digest="another")]) == ()


def test_a_large_difference_differs_and_none_does_not() -> None:
    ranked = sorted(PLACED, key=lambda person: person.z or 0.0)
    assert compare_on_page([ranked[-1], ranked[0]])[0].differs
    same = replace(ranked[0], id="twin")
    assert not any(test.differs for test in compare_on_page([ranked[0], same]))


def test_the_gap_at_a_level_is_the_one_of_typical_people() -> None:
    gap = gap_needed(ESTIMATE, 80.0)
    assert gap is not None
    assert ESTIMATE.tests.typical is not None
    df = 2 * (ESTIMATE.tests.d0 + ESTIMATE.form_df)
    assert df > 24
    assert gap > 100 * 0.32 * norm.ppf(0.98) * np.sqrt(ESTIMATE.tests.typical / 2)  # 1 - r^2 = .36 at 80
    more = gap_needed(ESTIMATE, 80.0, 15)
    assert more is not None
    assert more > gap


@pytest.mark.parametrize("score", [0.0, 100.0, 104.0])
def test_at_the_ends_of_the_scale_no_gap_is_known(score: float) -> None:
    assert gap_needed(ESTIMATE, score) is None


def nobody() -> ErrorEstimate:
    return estimate_errors(FORM, KEY, [], made_at=NOW)


def test_a_list_of_mixed_forms_takes_the_larger_gap() -> None:
    other = on_form(LINKED)[0].estimate
    gaps = [gap_needed(each, 75.0) for each in (ESTIMATE, other)]
    assert gap_on_list([ESTIMATE, other], 75.0) == max(gap or 0 for gap in gaps)
    assert gap_on_list([ESTIMATE, nobody()], 75.0) is None
    assert gap_on_list([], 75.0) is None


def test_who_is_truly_higher_is_said_from_thirty_people() -> None:
    ranked = sorted(PLACED, key=lambda person: person.z or 0.0)
    high = probability_truly_higher(ranked[-1], ranked[0])
    low = probability_truly_higher(ranked[0], ranked[-1])
    assert high is not None
    assert low is not None
    assert high > 0.95
    assert high + low == pytest.approx(1)
    few = estimate_errors(FORM, KEY, PEOPLE[:29], made_at=NOW)
    assert not shows_true_order(few)
    one, other = place_people(FORM, KEY, PEOPLE[:2], few)
    assert probability_truly_higher(one, other) is None


def test_of_who_is_not_compared_it_is_not_said() -> None:
    uneven = replace(PLACED[0], not_compared=NotCompared.UNEVEN)
    assert probability_truly_higher(uneven, PLACED[1]) is None
    assert probability_truly_higher(PLACED[1], uneven) is None


def test_of_two_forms_it_is_not_said() -> None:
    assert probability_truly_higher(PLACED[0], on_form(LINKED)[0]) is None


def test_where_no_differences_are_seen_it_is_not_said() -> None:
    alike = replace(ESTIMATE, tau_squared=-0.01)
    one, other = (replace(person, estimate=alike) for person in PLACED[:2])
    assert probability_truly_higher(one, other) is None


def test_another_key_makes_another_estimate() -> None:
    key = make_key(FORM, method=KEY.method, experts=3)
    assert estimate_errors(FORM, key, PEOPLE, made_at=NOW).digest != ESTIMATE.digest
