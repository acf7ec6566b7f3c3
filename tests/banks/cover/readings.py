"""Scenarios with flip pairs, a key for them, and the ratings of readers, for tests of the cover test."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from eiassess.banks.cover.sheets import codes_of
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scenarios import ResponseOption, Scenario
from tests.builders import make_form, make_key, make_scenario

HALVES = ((2.5, 5.5, 4.5, 2.0), (5.5, 2.0, 2.5, 4.5))
SINGLE = (1.0, 6.0, 4.5, 2.5)


def make_pair(number: int) -> tuple[Scenario, Scenario]:
    """Two scenarios with the same options: ``one-N`` and ``two-N``."""
    options = tuple(ResponseOption(name, f"Act {name} of pair {number}.") for name in "abcd")
    one, two = (
        replace(
            make_scenario(f"{name}-{number}"), situation=f"Stem {name} of pair {number}.", options=options, twin=twin
        )
        for name, twin in (("one", f"two-{number}"), ("two", f"one-{number}"))
    )
    return one, two


def make_single(number: int) -> Scenario:
    options = tuple(ResponseOption(name, f"Act {name} of single {number}.") for name in "abcd")
    return replace(make_scenario(f"single-{number}"), situation=f"A scene, the {number}th.", options=options)


def make_scenarios(pairs: int = 3, singles: int = 1) -> list[Scenario]:
    halves = [half for number in range(1, pairs + 1) for half in make_pair(number)]
    return [*halves, *(make_single(number) for number in range(1, singles + 1))]


def make_values(scenarios: Sequence[Scenario]) -> dict[str, Sequence[float]]:
    of = {"one": HALVES[0], "two": HALVES[1], "single": SINGLE}
    return {each.id: of[each.id.partition("-")[0]] for each in scenarios}


def make_cover_key(scenarios: Sequence[Scenario], values: Mapping[str, Sequence[float]] | None = None) -> ScoringKey:
    return make_key(make_form(scenarios), values or make_values(scenarios))


def rated(
    scenarios: Sequence[Scenario], values: Mapping[str, Sequence[float]], *, with_situation: bool = False
) -> dict[str, float]:
    """Rate as the values say; blind, the first of two halves decides for both."""
    found: dict[str, float] = {}
    for each in scenarios:
        for code, value in zip(codes_of(each, with_situation=with_situation), values[each.id], strict=True):
            found.setdefault(code, value)
    return found
