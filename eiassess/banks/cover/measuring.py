"""What readers found of a key, over a bank and over each of its forms, and whether that is little enough."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eiassess.banks.cover.sheets import SheetError, codes_of
from eiassess.banks.tables.csv_records import listed
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scenarios import Scenario
from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.cover.readers import (
    Measured,
    Reading,
    ReadScenario,
    best_found,
    mean_correlation,
    measure_reading,
)

BLIND_READERS = 3
UNRATED_SHOWN = 5
TOGETHER_R, TOGETHER_FOUND, TOGETHER_POINTS, FORM_R, READ_POINTS = 0.25, 0.55, 62.0, 0.35, 94.0

Ratings = Mapping[str, float]
"""What a reader gave, by code."""


@dataclass(frozen=True)
class ScenarioFound:
    """Of one scenario: how its readers' ratings correlate with the key, and in which share they find a best option."""

    scenario: str
    correlation: float | None
    best_found: float


@dataclass(frozen=True)
class CoverReading:
    """What readers found who saw the same: with the situations or without.

    Parameters
    ----------
    readers
        Their names; each one's reading over all that was read.
    together
        The mean over the readers, over all scenarios that were read.
    by_form
        The same over each form.
    """

    readers: Mapping[str, Reading]
    together: Reading
    by_form: Mapping[str, Reading]
    by_scenario: tuple[ScenarioFound, ...]


@dataclass(frozen=True)
class CoverTest:
    """Both kinds of reading; ``None`` where nobody read that way.

    Parameters
    ----------
    unmet
        The gates that are not met, in words; empty if all are.
    """

    blind: CoverReading | None
    read: CoverReading | None
    unmet: tuple[str, ...]


class ReaderError(NotEstimableError):
    """Nothing can be said of what a reader gave; ``reader`` is who."""

    def __init__(self, reader: str, message: str) -> None:
        self.reader = reader
        super().__init__(message)


def measure_cover(
    scenarios: Sequence[Scenario],
    key: ScoringKey,
    forms: Mapping[str, Collection[str]],
    ratings: Mapping[str, Ratings],
    files: Mapping[str, str] | None = None,
) -> CoverTest:
    """Measure what readers found.

    Parameters
    ----------
    scenarios
        What had to be read.
    forms
        Form -> its scenarios; those that are not among ``scenarios`` are left out.
    ratings
        Reader -> what they gave, by code.
    files
        Reader -> the file that it came in, for messages; without it, the reader's name stands there.

    Raises
    ------
    InvalidInputError
        The key has no value for an option, a reader has not rated everything, or has rated texts that are not there any
        more.
    NotEstimableError
        A reader gave the same rating everywhere, or there is too little to read.
    """
    _require_values(scenarios, key)
    apart: dict[bool, dict[str, Ratings]] = {True: {}, False: {}}
    for name, given in ratings.items():
        apart[_saw_situations(scenarios, (files or {}).get(name, name), given)][name] = given
    blind, read = (
        _reading(scenarios, key, forms, apart[shown], with_situation=shown) if apart[shown] else None
        for shown in (False, True)
    )
    return CoverTest(blind, read, tuple(unmet_gates(blind, read)))


def lacking_values(scenarios: Sequence[Scenario], key: ScoringKey) -> list[str]:
    """List the scenarios of which a key has no value for every option."""
    return [each.id for each in scenarios if not set(each.option_ids) <= set(key.credits.get(each.id, {}))]


def _require_values(scenarios: Sequence[Scenario], key: ScoringKey) -> None:
    if lacking := lacking_values(scenarios, key):
        message = f"key {key.id} lacks a value for options of {listed(lacking)}"
        raise InvalidInputError(message)


def _saw_situations(scenarios: Sequence[Scenario], file: str, given: Ratings) -> bool:
    for shown in (False, True):
        lacking = [each.id for each in scenarios if not given.keys() >= set(codes_of(each, with_situation=shown))]
        if not lacking:
            return shown
        if len(lacking) < len(scenarios):
            said = (
                f"{len(lacking)} of {len(scenarios)} scenarios are not rated as they stand today "
                f"({listed(lacking, UNRATED_SHOWN)}); they were changed after the sheet was made, or left out"
            )
            raise SheetError(file, said)
    said = "none of the ratings is of a text that stands in this bank; the sheet is of another or an older one"
    raise SheetError(file, said)


def _reading(
    scenarios: Sequence[Scenario],
    key: ScoringKey,
    forms: Mapping[str, Collection[str]],
    ratings: Mapping[str, Ratings],
    *,
    with_situation: bool,
) -> CoverReading:
    units = _units(scenarios)
    everything = {
        each.id: _read_scenario(each, key, units[each.id], list(ratings.values()), with_situation=with_situation)
        for each in scenarios
    }
    alone = {
        name: _of_one_reader(name, [_of_reader(each, place) for each in everything.values()])
        for place, name in enumerate(ratings)
    }
    by_form = {
        form: _measured(f"form {form}", [everything[name] for name in names if name in everything])
        for form, names in forms.items()
    }
    by_scenario = tuple(_found(name, each) for name, each in everything.items())
    return CoverReading(alone, measure_reading(list(everything.values())), by_form, by_scenario)


def _of_one_reader(name: str, scenarios: Sequence[ReadScenario]) -> Reading:
    try:
        return _measured(f"reader {name}", scenarios)
    except NotEstimableError as problem:
        raise ReaderError(name, str(problem)) from None


def _measured(of: str, scenarios: Sequence[ReadScenario]) -> Reading:
    try:
        return measure_reading(scenarios)
    except NotEstimableError as problem:
        message = f"{of}: {problem}"
        raise NotEstimableError(message) from None


def _units(scenarios: Sequence[Scenario]) -> dict[str, int]:
    """Give a number to what is drawn together: both halves of a pair are one."""
    there = {each.id for each in scenarios}
    names = {each.id: min(each.id, each.twin) if each.twin in there and each.twin else each.id for each in scenarios}
    places = {name: place for place, name in enumerate(sorted(set(names.values())))}
    return {each: places[name] for each, name in names.items()}


def _read_scenario(
    scenario: Scenario, key: ScoringKey, unit: int, ratings: Sequence[Ratings], *, with_situation: bool
) -> ReadScenario:
    codes = codes_of(scenario, with_situation=with_situation)
    return ReadScenario(
        unit=unit,
        kind=str(scenario.kind),
        key=np.array([key.credits[scenario.id][option].value for option in scenario.option_ids]),
        ratings=np.array([[given[code] for code in codes] for given in ratings]),
    )


def _of_reader(each: ReadScenario, place: int) -> ReadScenario:
    return ReadScenario(each.unit, each.kind, each.key, each.ratings[[place]])


def _found(name: str, each: ReadScenario) -> ScenarioFound:
    return ScenarioFound(name, mean_correlation(each), float(best_found(each).mean()))


def unmet_gates(blind: CoverReading | None, read: CoverReading | None) -> Iterator[str]:
    """Say which gates are not met; the means over the readers are held to them, not their intervals."""
    readers = len(blind.readers) if blind else 0
    if readers < BLIND_READERS:
        yield f"{readers} reader{'' if readers == 1 else 's'} saw the options only; at least {BLIND_READERS}"
    if blind:
        yield from _unmet_blind(blind)
    if read is None:
        yield "nobody has read the situations with the options"
    elif read.together.points.value < READ_POINTS:
        yield f"with the situations: {read.together.points.value:.1f} points; at least {READ_POINTS:g}"


def _unmet_blind(blind: CoverReading) -> Iterator[str]:
    found = blind.together
    yield from _away("blind ratings and the key", found.correlation, TOGETHER_R)
    yield from _beyond("best options found blind", found.best_found, TOGETHER_FOUND, "{:.0%}")
    yield from _beyond("the engine's score, blind", found.points, TOGETHER_POINTS, "{:.1f} points")
    for form, of_form in blind.by_form.items():
        yield from _away(f"blind ratings and the key in form {form}", of_form.correlation, FORM_R)


def _away(what: str, r: Measured, most: float) -> Iterator[str]:
    """Hold a correlation to both sides: a key that goes against every guess is told by turning each guess round."""
    yield from _beyond(what, r, most, "r = {:.2f}")
    if r.value < -most:
        yield f"{what}: r = {r.value:.2f}; at least r = {-most:.2f}"


def _beyond(what: str, measured: Measured, most: float, words: str) -> Iterator[str]:
    if measured.value > most:
        yield f"{what}: {words.format(measured.value)}; at most {words.format(most)}"
