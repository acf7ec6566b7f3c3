"""Irritants that keys tag: they stand in the taxonomy, on options that are bad there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from eiassess.banks.checks.content import CheckedBank, KeyFile
from eiassess.banks.checks.findings import Finding, Severity, error, printable
from eiassess.domain.keys import KeyingMethod


def check_irritants(bank: CheckedBank) -> Iterator[Finding]:
    """Hold every key's irritants to the bank's taxonomy and to what each means."""
    taxonomy = bank.bank.model.irritants
    for name, meant in taxonomy.items():
        for row in meant.sources:
            if bank.sources and row not in bank.sources:
                said = f"there is no row {row!r} in sources.toml"
                field = printable(f"irritants.{name}.sources")
                yield error("competencies.toml", field, "source", printable(said), "Name a row that there is.")
    twins = {each.stem for each in bank.scenarios if each.scenario.twin}
    of_feelings = {each.stem for each in bank.scenarios if each.has_kind and not each.is_of_responses}
    for key in bank.keys:
        for scenario, option, irritant, value in _tagged(key):
            field = printable(f"scenarios.{scenario}.{option}.irritant")
            if irritant not in taxonomy:
                known = ", ".join(taxonomy) or "none"
                said = f"there is no irritant {irritant!r} in competencies.toml; there are {known}"
                yield error(key.file, field, "irritant", printable(said), "Name one of these, or add it there.")
                continue
            place = Place(
                value=value,
                middle=(key.key.minimum + key.key.maximum) / 2,
                is_feeling=scenario in of_feelings,
                is_half=scenario in twins,
            )
            if amiss := misplaced(irritant, place, singles_only=taxonomy[irritant].singles_only):
                severity = _severity(key) if amiss.by_value else Severity.ERROR
                yield Finding(key.file, field, "irritant", severity, printable(amiss.said), amiss.mend)


@dataclass(frozen=True)
class Place:
    """Where an irritant stands: the option's value, the middle of the key's scale, and what its scenario is."""

    value: float
    middle: float
    is_feeling: bool
    is_half: bool


@dataclass(frozen=True)
class Misplaced:
    """Why an irritant cannot stand where it does, and what to do; ``by_value`` if the option's value is why."""

    said: str
    mend: str
    by_value: bool = False


def misplaced(irritant: str, place: Place, *, singles_only: bool) -> Misplaced | None:
    """Say why an irritant cannot stand where it does, if it cannot."""
    if place.is_feeling:
        return Misplaced("what a customer feels irritates nobody", "Take the tag out: it belongs to responses.")
    if singles_only and place.is_half:
        said = f"{irritant!r} is bad under any situation, and this is half of a flip pair"
        return Misplaced(said, "Use another, or rewrite the option.")
    if place.value > place.middle:
        said = f"what irritates is worth {place.value:g} here"
        return Misplaced(said, "A good option irritates nobody: mend tag or value.", by_value=True)
    return None


def _severity(key: KeyFile) -> Severity:
    """Experts may find good what the authors tagged; an author cannot do both."""
    return Severity.ERROR if key.key.method is KeyingMethod.THEORY else Severity.ADVICE


def count_irritants(bank: CheckedBank) -> dict[str, int]:
    """Count how often each irritant is tagged, over all keys; those never used are in it with 0."""
    found = Counter(irritant for key in bank.keys for _, _, irritant, _ in _tagged(key))
    return {name: found[name] for name in bank.bank.model.irritants}


def _tagged(key: KeyFile) -> Iterator[tuple[str, str, str, float]]:
    for scenario, options in key.key.credits.items():
        for option, credit in options.items():
            if credit.irritant:
                yield scenario, option, credit.irritant, credit.value
