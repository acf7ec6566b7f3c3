"""The rule for telling people apart against numbers of independent programs; see tests/reference/README.md."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eiassess import psychometrics
from eiassess.domain.error_estimates import ErrorEstimate, NotCompared
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scenarios import ScenarioKind
from eiassess.psychometrics import Measured, TrueSpread
from eiassess.scoring.differences.comparing_page import compare_on_page
from eiassess.scoring.differences.estimating import estimate_errors
from eiassess.scoring.differences.evenness import kept_basis
from eiassess.scoring.differences.measuring import Measures, SatPerson, measured
from eiassess.scoring.differences.placing import ErrorOfZ, PlacedPerson, place_people
from eiassess.scoring.person.plan import scoring_plan
from tests.builders import make_form, make_key, make_scenario

REFERENCE = json.loads((Path(__file__).parents[3] / "reference" / "differences.json").read_text(encoding="utf-8"))
KINDS = {"rate": ScenarioKind.RESPONSES, "emotions": ScenarioKind.EMOTIONS}
EXACT = 1e-9
NOW = datetime(2026, 11, 28, tzinfo=UTC)


@cache
def form_and_key() -> tuple[AssessmentForm, ScoringKey]:
    scenarios = [
        make_scenario(f"s{i}", options=len(values), kind=KINDS[kind], competency=competency)
        for i, (values, kind, competency) in enumerate(
            zip(REFERENCE["key"], REFERENCE["format_of_scenario"], REFERENCE["competency_of_scenario"], strict=True)
        )
    ]
    form = make_form(scenarios, id="differences")
    return form, make_key(form, {f"s{i}": values for i, values in enumerate(REFERENCE["key"])})


def areas() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for competency, area in REFERENCE["area_of_competency"].items():
        found.setdefault(area, []).append(competency)
    return found


@dataclass(frozen=True)
class Worked:
    """A set of people, what is expected of them, and what the rule gives."""

    persons: list[dict[str, Any]]
    expected: dict[str, Any]
    measures: Measures
    estimate: ErrorEstimate
    placed: tuple[PlacedPerson, ...]


@cache
def worked(number: int) -> Worked:
    given = REFERENCE["sets"][number]
    form, key = form_and_key()
    people = [
        SatPerson(
            str(i),
            {
                f"s{j}": {option: value for option, value in zip("abcde", page, strict=False) if value is not None}
                for j, page in enumerate(person["responses"])
            },
        )
        for i, person in enumerate(given["persons"])
    ]
    estimate = estimate_errors(form, key, people, made_at=NOW)
    return Worked(
        given["persons"],
        given["expected"],
        measured(scoring_plan(form, key), people),
        estimate,
        place_people(form, key, people, estimate, areas()),
    )


@pytest.fixture(params=range(len(REFERENCE["sets"])), ids=[each["name"] for each in REFERENCE["sets"]])
def case(request: pytest.FixtureRequest) -> Worked:
    return worked(request.param)


def infinite(value: float | None) -> float:
    return inf if value is None else value


def numbers(values: list[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values])


def near(value: Any) -> Any:
    return pytest.approx(value, abs=EXACT)


def test_all_of_the_file_is_looked_at() -> None:
    """Whoever adds a field to the file adds what holds the rule to it."""
    looked_at = {
        "responses", "scenarios_counted", "z", "score", "q", "q_centred", "d", "v", "v_uncentred", "variance", "df",
        "variance_uncentred", "df_uncentred", "interval", "reason", "n", "members", "d0", "s0_squared", "d0_uncentred",
        "s0_squared_uncentred", "scenario_means", "pairs", "pages", "prior", "a_higher", "evenness",
    }  # fmt: skip
    for each in REFERENCE["sets"]:
        assert set(each["expected"]) <= looked_at
        for person in each["persons"]:
            assert set(person["expected"]) <= looked_at


def test_scores_and_what_counts(case: Worked) -> None:
    for row, (person, placed) in enumerate(zip(case.persons, case.placed, strict=True)):
        expected = person["expected"]
        assert np.flatnonzero(case.measures.sheets.counted[row]).tolist() == expected["scenarios_counted"]
        assert placed.z == near(expected["z"])
        assert placed.score == near(expected["score"])


def test_what_each_scenario_does(case: Worked) -> None:
    for row, person in enumerate(case.persons):
        q = person["expected"]["q"]
        expected = np.full(12, np.nan) if q is None else numbers(q)
        assert case.measures.q[row] == pytest.approx(expected, abs=EXACT, nan_ok=True)


def test_centred(case: Worked) -> None:
    means, measures = case.expected["scenario_means"], case.measures
    if means is None:
        assert case.estimate.scenario_means == {}
        return
    assert list(case.estimate.scenario_means.values()) == near(means)
    members = np.isin(np.arange(len(case.persons)), case.expected["members"])
    of_competency = measures.sheets.columns.of_competency
    centred = psychometrics.centred_pull(measures.q, np.array(means), of_competency, members, case.expected["n"])
    v, _ = psychometrics.leaving_out_variance(centred, of_competency)
    for row, person in enumerate(case.persons):
        if "q_centred" in person["expected"]:
            expected = numbers(person["expected"]["q_centred"])
            assert centred[row] == pytest.approx(expected, abs=EXACT, nan_ok=True)
            assert v[row] == near(person["expected"]["v"])


def test_errors(case: Worked) -> None:
    v, d = case.measures.own_error
    for row, (person, placed) in enumerate(zip(case.persons, case.placed, strict=True)):
        expected = person["expected"]
        if expected["q"] is None:
            assert placed.test_error is placed.interval_error is placed.interval is None
            assert placed.not_compared is NotCompared.ALIKE_WITHOUT_ONE
            assert "all alike" in expected["reason"]
            continue
        assert placed.not_compared is None
        assert (v[row], d[row]) == (near(expected["v_uncentred"]), expected["d"])
        assert placed.test_error == ErrorOfZ(near(expected["variance"]), near(infinite(expected["df"])))
        assert placed.interval_error == ErrorOfZ(
            near(expected["variance_uncentred"]), near(infinite(expected["df_uncentred"]))
        )
        assert placed.interval is not None
        assert [placed.interval.low, placed.interval.high] == near(expected["interval"])


def test_the_estimate(case: Worked) -> None:
    expected, found = case.expected, case.estimate
    assert found.n == expected["n"]
    assert sorted(map(int, found.members)) == expected["members"]
    assert found.tests.d0 == near(infinite(expected["d0"]))
    assert found.intervals.d0 == near(infinite(expected["d0_uncentred"]))
    assert found.tests.s0_squared == near(expected["s0_squared"] or 0.0)
    assert found.intervals.s0_squared == near(expected["s0_squared_uncentred"] or 0.0)
    prior = expected.get("prior", {"mean": None, "tau_squared": None})
    assert (found.mean_z, found.tau_squared) == (near(prior["mean"]), near(prior["tau_squared"]))


def test_pairs(case: Worked) -> None:
    for pair in case.expected["pairs"]:
        first, second = (case.placed[pair[which]] for which in "ab")
        overall = compare_on_page([first, second])[0]
        assert (overall.first, overall.second, overall.what) == (first.id, second.id, "overall")
        assert overall.t == near(pair["t"])
        assert overall.df == near(infinite(pair["df"]))
        assert overall.p == near(pair["p"])


def test_pages(case: Worked) -> None:
    for page in case.expected["pages"]:
        found = compare_on_page([case.placed[number] for number in page["people"]])
        for test, expected in zip(found, page["tests"], strict=True):
            assert (test.what, int(test.first), int(test.second)) == (expected["what"], expected["a"], expected["b"])
            assert test.t == near(expected["t"])
            assert test.df == near(infinite(expected["df"]))
            assert test.p == near(expected["p"])
            assert test.weight == near(expected["weight"])
            assert test.p_adjusted == near(expected["p_adjusted"])
            assert test.differs is expected["differs"]


def test_areas(case: Worked) -> None:
    for page in case.expected["pages"]:
        for number, expected in page["areas"].items():
            for area in areas():
                found = case.placed[int(number)].areas[area]
                assert found.score == near(expected[area]["score"])
                assert found.sem == near(expected[area]["sem"])
                assert found.df == expected["df"]


def test_who_is_truly_higher(case: Worked) -> None:
    """The formula alone: it is shown from 30 people on."""
    for pair in case.expected.get("a_higher", []):
        people = []
        for which in "ab":
            placed = case.placed[pair[which]]
            assert placed.test_error is not None
            error = placed.test_error
            people.append(Measured(np.array(placed.z), np.array(error.variance), np.array(error.df)))
        spread = TrueSpread(case.estimate.mean_z or 0.0, case.estimate.tau_squared or 0.0)
        assert float(psychometrics.probability_higher(*people, spread)) == near(pair["p"])


def test_evenness(case: Worked) -> None:
    names = tuple(f"s{i}" for i in range(12))
    basis = kept_basis(case.estimate.even, names)
    if "evenness" not in case.expected:
        assert basis is None
        return
    assert basis is not None
    expected = case.expected["evenness"]
    assert basis.median_variance == near(expected["median_variance"])
    assert psychometrics.evenness_degrees_of_freedom(12) == expected["df"]
    assert psychometrics.evenness_cut(12) == near(expected["cut"])
    for row, q in enumerate(expected["q"]):
        if q is not None:
            assert psychometrics.unevenness(case.measures.w[row], np.arange(12), basis) == near(q)
