"""Study 11: what tricks, answering without the situation and with it earn on the standard forms of both editions."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.study import Row, Study, Tables, number
from eiassess.banks.checks.words import count_words, list_words
from eiassess.psychometrics.cover.readers import Measured, Reading, ReadScenario, measure_reading
from eiassess.psychometrics.cover.word_model import predict_from_words

Array = npt.NDArray[np.float64]

FOLDER = Path(__file__).resolve().parent.parent / "cover-test"
EDITIONS = {"first": "first-edition", "second": "second-edition-version-4"}
"""Which readings speak for an edition: of the second those of its texts as they ship."""
BOTH = "both forms"
POINTS = "points of 100"


@dataclass(frozen=True)
class _Option:
    """A row of an edition's options; twins share the code of an option that is read alone."""

    form: str
    scenario: str
    kind: str
    text: str
    value: float
    code: str
    code_with_situation: str


Strategy = Callable[[Sequence[_Option]], Array]
"""Ratings of options in their order; shape (readers, options)."""


@cache
def _options(edition: str) -> tuple[_Option, ...]:
    with (FOLDER / "options" / f"{EDITIONS[edition]}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = ("form", "scenario", "kind", "text", "code", "code_with_situation")
    return tuple(_Option(**{name: row[name] for name in names}, value=float(row["value"])) for row in rows)


def _readers(edition: str, way: str, options: Sequence[_Option]) -> Array:
    """Read what each reader gave: shape (readers, options)."""
    given = []
    for path in sorted((FOLDER / EDITIONS[edition] / way).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            ratings = {row["code"]: float(row["rating"]) for row in csv.DictReader(file)}
        codes = (each.code if way == "options-only" else each.code_with_situation for each in options)
        given.append([ratings[code] for code in codes])
    return np.array(given)


def _told(says: Callable[[str], float]) -> Strategy:
    """Rate responses by their text alone; feelings get the same everywhere, since the trick says nothing of them."""
    return lambda options: np.array([[says(each.text) if each.kind == "responses" else 3.5 for each in options]])


def _from_words(options: Sequence[_Option]) -> Array:
    words = [{word.lower() for word in list_words(each.text)} for each in options]
    values = np.array([each.value for each in options])
    return predict_from_words(words, values, _units(options))[None]


def _strategies(edition: str) -> dict[str, Strategy]:
    return {
        "the longest": _told(lambda text: float(count_words(text))),
        "a question": _told(lambda text: 6.0 if "?" in text else 1.0),
        'a "sorry"': _told(lambda text: 6.0 if "sorry" in text.lower() else 1.0),
        "word model": _from_words,
        "options only": lambda options: _readers(edition, "options-only", options),
        "with the situation": lambda options: _readers(edition, "with-situation", options),
    }


def _units(options: Sequence[_Option]) -> npt.NDArray[np.intp]:
    """Give one number to what belongs together, in the cover test's order: twins have the same codes."""
    first: dict[str, str] = {}
    for each in sorted(options, key=lambda one: one.scenario):
        first.setdefault(each.code, each.scenario)
    named = {each.scenario: first[each.code] for each in options}
    return np.unique([named[each.scenario] for each in options], return_inverse=True)[1]


def run(seed: int, effort: float) -> Tables:  # noqa: ARG001 - nothing is drawn here; the intervals have their own seed
    """Score every strategy on every form."""
    return {
        "earned": [
            _row(edition, name, form, _measured(edition, strategy, form))
            for edition in EDITIONS
            for name, strategy in _strategies(edition).items()
            for form in (BOTH, "standard-a", "standard-b")
        ]
    }


def _measured(edition: str, strategy: Strategy, form: str) -> Reading:
    options = _options(edition)
    ratings, units = strategy(options), _units(options)
    scenarios: dict[str, list[int]] = {}
    for place, each in enumerate(options):
        if form in {each.form, BOTH}:
            scenarios.setdefault(each.scenario, []).append(place)
    read = [
        ReadScenario(
            unit=int(units[places[0]]),
            kind=options[places[0]].kind,
            key=np.array([options[place].value for place in places]),
            ratings=ratings[:, places],
        )
        for places in scenarios.values()
    ]
    return measure_reading(read)


def _row(edition: str, strategy: str, form: str, found: Reading) -> Row:
    best, points = found.best_found, found.points
    return {
        "strategy": strategy,
        "edition": edition,
        "form": form,
        "r": round(found.correlation.value, 2),
        "r, 95 %": _between(found.correlation, 1, ".2f"),
        "best found, %": round(100 * best.value),
        "best found, 95 %": _between(best, 100, ".0f"),
        POINTS: round(points.value, 1),
        "points, 95 %": _between(points, 1, ".1f"),
    }


def _between(measured: Measured, times: float, layout: str) -> str:
    return f"{times * measured.low:{layout}} to {times * measured.high:{layout}}"


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw the points that each strategy earns on both forms of each edition."""
    earned = {(row["strategy"], row["edition"]): number(row, POINTS) for row in tables["earned"] if row["form"] == BOTH}
    strategies = dict.fromkeys(strategy for strategy, _ in earned)
    rows = [(str(strategy), [earned[strategy, edition] for edition in EDITIONS]) for strategy in strategies]
    axis = Axis(40, 100, (40, 50, 60, 70, 80, 90, 100), "points on the house scale; random answering gets 50")
    names = ("first edition", "second edition")
    return dot_chart("What each strategy earns on both standard forms", axis, names, rows, level=50)


STUDY = Study("coaching", 20261128, run, draw)
