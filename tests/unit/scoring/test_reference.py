"""The engine against numbers of an independent script; see tests/reference/README.md."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eiassess.domain.scenarios import ScenarioKind
from eiassess.domain.scores import PersonScore
from eiassess.scoring.person.engine import score_answers
from tests.builders import make_form, make_key, make_scenario

REFERENCE = json.loads((Path(__file__).parents[2] / "reference" / "house_scale.json").read_text(encoding="utf-8"))
KINDS = {"rate": ScenarioKind.RESPONSES, "emotions": ScenarioKind.EMOTIONS}
ASKED = Counter(REFERENCE["competency_of_scenario"])
EXACT = 1e-9


def score(person: dict[str, Any]) -> PersonScore:
    scenarios = [
        make_scenario(f"s{i}", options=len(values), kind=KINDS[kind], competency=competency)
        for i, (values, kind, competency) in enumerate(
            zip(REFERENCE["key"], REFERENCE["format_of_scenario"], REFERENCE["competency_of_scenario"], strict=True)
        )
    ]
    form = make_form(scenarios, id="reference")
    key = make_key(form, {f"s{i}": values for i, values in enumerate(REFERENCE["key"])})
    answers = {
        f"s{i}": {option: rating for option, rating in zip("abcde", page, strict=False) if rating is not None}
        for i, page in enumerate(person["responses"])
        if page is not None
    }
    return score_answers(form, key, answers)


@pytest.fixture(params=REFERENCE["persons"], ids=["complete", "second", "third"])
def person(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


def test_overall(person: dict[str, Any]) -> None:
    overall, expected = score(person).overall, person["expected"]
    assert overall is not None
    assert overall.interval is not None
    assert overall.score == pytest.approx(expected["overall"]["score"], abs=EXACT)
    assert overall.sem == pytest.approx(expected["overall"]["sem"], abs=EXACT)
    assert [overall.interval.low, overall.interval.high] == pytest.approx(expected["overall"]["interval"], abs=EXACT)
    assert overall.df == expected["df"]
    assert overall.n_scenarios == len(expected["scenarios_counted"])


def test_competencies(person: dict[str, Any]) -> None:
    competencies, expected = score(person).competencies, person["expected"]["competencies"]
    answered = {name: values["n_scenarios"] / ASKED[name] for name, values in expected.items()}
    assert set(competencies) == {
        name for name, share in answered.items() if share >= 2 / 3
    }  # the script left that rule out
    for name, estimate in competencies.items():
        assert estimate.interval is not None
        assert estimate.score == pytest.approx(expected[name]["score"], abs=EXACT)
        assert estimate.sem == pytest.approx(expected[name]["sem"], abs=EXACT)
        ends = [estimate.interval.low, estimate.interval.high]
        assert ends == pytest.approx(expected[name]["interval"], abs=EXACT)
        assert estimate.n_scenarios == expected[name]["n_scenarios"]
        assert estimate.df == person["expected"]["df"]


def test_scenarios(person: dict[str, Any]) -> None:
    expected = {f"s{i}": value for i, value in person["expected"]["scenario_scores"].items()}
    assert dict(score(person).scenarios) == pytest.approx(expected, abs=EXACT)
