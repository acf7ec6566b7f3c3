"""The cover test: who saw what, what they found, and gates at their limit and beyond."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

import numpy as np
import pytest

from eiassess.banks.cover import measuring
from eiassess.banks.cover.measuring import CoverReading, CoverTest, measure_cover
from eiassess.domain.scenarios import Scenario
from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.cover.readers import Measured, Reading
from tests.banks.cover.readings import HALVES, make_cover_key, make_scenarios, make_single, make_values, rated

SCENARIOS = make_scenarios(pairs=4, singles=2)
KEY = make_cover_key(SCENARIOS)
VALUES = make_values(SCENARIOS)
FORMS = {
    "form-a": ("one-1", "one-2", "two-3", "two-4", "single-1"),
    "form-b": ("two-1", "two-2", "one-3", "one-4", "single-2"),
}
LEVEL = (4.0, 3.5, 3.5, 3.5)
"""What a reader may give who cannot tell: nearly the same everywhere."""


def measure(
    ratings: Mapping[str, Mapping[str, float]],
    scenarios: Sequence[Scenario] = SCENARIOS,
    forms: Mapping[str, Sequence[str]] = FORMS,
) -> CoverTest:
    return measure_cover(scenarios, KEY, forms, ratings)


def blind(values: Mapping[str, Sequence[float]] = VALUES) -> dict[str, float]:
    return rated(SCENARIOS, values)


def informed(values: Mapping[str, Sequence[float]] = VALUES) -> dict[str, float]:
    return rated(SCENARIOS, values, with_situation=True)


def test_readers_are_told_apart_by_what_they_rated() -> None:
    found = measure({"ada": blind(), "bo": informed(), "cy": blind()})
    assert found.blind is not None
    assert found.read is not None
    assert tuple(found.blind.readers) == ("ada", "cy")
    assert tuple(found.read.readers) == ("bo",)
    assert found.read.together.points.value == pytest.approx(100)


def test_who_goes_by_the_first_stem_is_right_there_and_wrong_under_the_twin() -> None:
    found = measure({"ada": blind()}).blind
    assert found is not None
    by_scenario = {each.scenario: each for each in found.by_scenario}
    assert by_scenario["one-1"].correlation == pytest.approx(1)
    assert by_scenario["two-1"].correlation == pytest.approx(np.corrcoef(*HALVES)[0, 1])
    assert (by_scenario["one-1"].best_found, by_scenario["two-1"].best_found) == (1.0, 0.0)
    assert found.together.best_found.value == pytest.approx(0.6)
    given = np.concatenate([VALUES[each.id.replace("two", "one")] for each in SCENARIOS])
    keyed = np.concatenate([VALUES[each.id] for each in SCENARIOS])
    assert found.together.correlation.value == pytest.approx(np.corrcoef(given, keyed)[0, 1])


def test_the_whole_is_the_mean_of_the_readers() -> None:
    lame = blind({**VALUES, **dict.fromkeys(("one-1", "one-2", "one-3"), LEVEL)})
    found = measure({"ada": blind(), "bo": lame}).blind
    assert found is not None
    each = [reading.correlation.value for reading in found.readers.values()]
    assert each[0] != pytest.approx(each[1])
    assert found.together.correlation.value == pytest.approx(np.mean(each))


def test_a_form_is_measured_by_its_own_scenarios() -> None:
    found = measure({"ada": blind()}).blind
    assert found is not None
    alone = measure({"ada": blind()}, forms={"form-a": [*FORMS["form-a"], "not-read"]}).blind
    assert alone is not None
    assert alone.by_form["form-a"] == found.by_form["form-a"]
    ids = FORMS["form-a"]
    given = np.concatenate([VALUES[name.replace("two", "one")] for name in ids])
    keyed = np.concatenate([VALUES[name] for name in ids])
    assert found.by_form["form-a"].correlation.value == pytest.approx(np.corrcoef(given, keyed)[0, 1])


def test_halves_whose_twins_are_not_read_stand_by_themselves() -> None:
    halves = [each for each in SCENARIOS if each.id.startswith("one")]
    found = measure({"ada": rated(halves, VALUES)}, halves, {}).blind
    assert found is not None
    assert found.together.correlation.value == pytest.approx(1)


def test_everything_is_plain_values_for_json() -> None:
    json.dumps(asdict(measure({"ada": blind(), "bo": informed()})), allow_nan=False)


def test_ratings_of_more_than_is_asked_are_no_fault() -> None:
    more = rated([make_single(9)], {"single-9": LEVEL})
    assert measure({"ada": {**blind(), **more}}).blind == measure({"ada": blind()}).blind


@pytest.mark.parametrize("with_situation", [False, True])
def test_a_text_that_was_changed_after_reading(*, with_situation: bool) -> None:
    first, *others = SCENARIOS
    mended = [replace(first, options=(replace(first.options[0], text="Mended."), *first.options[1:])), *others]
    given = rated(SCENARIOS, VALUES, with_situation=with_situation)
    with pytest.raises(InvalidInputError, match="ada: 1 of 10 scenarios are not rated as they stand today"):
        measure({"ada": given}, mended)


def test_a_sheet_with_a_hole() -> None:
    given = informed()
    del given[next(iter(given))]
    with pytest.raises(InvalidInputError, match=r"ada: 1 of 10 scenarios .* or left out"):
        measure({"ada": given})


def test_scenarios_that_are_not_rated_and_the_file_are_named() -> None:
    given = {
        code: value
        for code, value in informed().items()
        if code not in rated(SCENARIOS[:6], VALUES, with_situation=True)
    }
    named = "not rated as they stand today (one-1, two-1, one-2, two-2, one-3 and 1 more); they were changed after"
    with pytest.raises(InvalidInputError) as caught:
        measure_cover(SCENARIOS, KEY, FORMS, {"ada": given}, {"ada": "readers/ada.csv"})
    assert str(caught.value).startswith(f"readers/ada.csv: 6 of 10 scenarios are {named}")
    with pytest.raises(InvalidInputError, match=r"readers/ada\.csv: none of the ratings is of a text"):
        measure_cover(SCENARIOS, KEY, FORMS, {"ada": {"abc": 3.0}}, {"ada": "readers/ada.csv"})


def test_a_sheet_of_another_bank() -> None:
    with pytest.raises(InvalidInputError, match="ada: none of the ratings is of a text that stands in this bank"):
        measure({"ada": {"abc": 3.0}})


def test_a_key_that_lacks_a_value() -> None:
    first, second, *others = KEY.credits.items()
    partly = {first[0]: dict(list(first[1].items())[:-1]), **dict(others)}
    with pytest.raises(InvalidInputError, match="key theory-1 lacks a value for options of one-1, two-1"):
        measure_cover(SCENARIOS, replace(KEY, credits=partly), FORMS, {"ada": blind()})
    assert second[0] == "two-1"


def test_the_reader_or_the_form_that_nothing_can_be_said_of_is_named() -> None:
    flat = dict.fromkeys(blind(), 3.0)
    with pytest.raises(NotEstimableError, match="reader bo: a reader who gives the same everywhere"):
        measure({"ada": blind(), "bo": flat})
    with pytest.raises(NotEstimableError, match="form tiny: readers have to read at least two"):
        measure({"ada": blind()}, forms={"tiny": ["one-1", "two-1"]})


def reading(r: float, found: float = 0.5, points: float = 50.0) -> Reading:
    return Reading(*(Measured(value, value - 1, value + 1) for value in (r, found, points)))


def covered(
    r: float = 0.1, found: float = 0.5, points: float = 55.0, form_r: float = 0.1, readers: int = 3
) -> CoverReading:
    together = reading(r, found, points)
    return CoverReading(
        {f"reader-{number}": together for number in range(readers)}, together, {"form-a": reading(form_r)}, ()
    )


GOOD = covered(r=0.9, found=0.9, points=94.0, readers=1)
BEYOND = 1e-6


def unmet(blindly: CoverReading | None, read: CoverReading | None = GOOD) -> tuple[str, ...]:
    return tuple(measuring.unmet_gates(blindly, read))


def test_gates_are_met_at_their_limit() -> None:
    assert unmet(covered(0.25, 0.55, 62.0, 0.35)) == ()
    assert unmet(covered(-0.25, 0.55, 62.0, -0.35)) == ()
    assert unmet(covered(found=0.0, points=0.0)) == (), "too few or too little told is no fault"


@pytest.mark.parametrize(
    ("beyond", "said"),
    [
        (covered(r=0.25 + BEYOND), "blind ratings and the key: r = 0.25; at most r = 0.25"),
        (covered(r=0.31), "blind ratings and the key: r = 0.31; at most r = 0.25"),
        (covered(found=0.56), "best options found blind: 56%; at most 55%"),
        (covered(points=62.04 + BEYOND), "the engine's score, blind: 62.0 points; at most 62.0 points"),
        (covered(form_r=0.36), "blind ratings and the key in form form-a: r = 0.36; at most r = 0.35"),
        (covered(r=-0.25 - BEYOND), "blind ratings and the key: r = -0.25; at least r = -0.25"),
        (covered(r=-0.9), "blind ratings and the key: r = -0.90; at least r = -0.25"),
        (covered(form_r=-0.35 - BEYOND), "blind ratings and the key in form form-a: r = -0.35; at least r = -0.35"),
        (covered(form_r=-0.9), "blind ratings and the key in form form-a: r = -0.90; at least r = -0.35"),
        (covered(readers=2), "2 readers saw the options only; at least 3"),
        (covered(readers=1), "1 reader saw the options only; at least 3"),
        (None, "0 readers saw the options only; at least 3"),
    ],
)
def test_one_gate_beyond_its_limit(beyond: CoverReading | None, said: str) -> None:
    assert unmet(beyond) == (said,)


def test_with_the_situations_enough_has_to_be_found() -> None:
    assert unmet(covered(), covered(points=93.94)) == ("with the situations: 93.9 points; at least 94",)
    assert unmet(covered(), covered(points=94.0)) == ()
    assert unmet(covered(), None) == ("nobody has read the situations with the options",)


def test_readings_meet_the_gates_as_a_whole() -> None:
    """Three who rate by the first stem find one best option of each pair, and those of the two singles."""
    sorted_out = {f"reader-{number}": blind() for number in range(3)}
    found = measure({**sorted_out, "cold": informed()})
    assert any("best options found blind: 60%" in words for words in found.unmet)
    level = {**VALUES, "single-1": LEVEL[::-1], "single-2": LEVEL[::-1]}
    assert not any("found blind" in words for words in measure({"ada": blind(level), "cold": informed()}).unmet)
