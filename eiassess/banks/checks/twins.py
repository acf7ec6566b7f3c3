"""Flip pairs: two scenarios that share their options, and whose facts make others good."""

from collections.abc import Iterator, Mapping

from eiassess.banks.checks.content import CheckedBank, FormFile, KeyFile, ScenarioFile
from eiassess.banks.checks.findings import Finding, advice, error, printable
from eiassess.domain.scenarios import ScenarioKind

SUMS = {ScenarioKind.RESPONSES: (6.5, 8.0), ScenarioKind.EMOTIONS: (5.5, 8.0)}
"""Of an option's two values: outside, the text alone says how good it is. A feeling may be honestly absent."""
SHARED = ("kind", "competency", "channel", "trade")

ById = Mapping[str, ScenarioFile]


def list_pairs(bank: CheckedBank) -> Iterator[tuple[ScenarioFile, ScenarioFile]]:
    """List the pairs whose halves name each other and share their options, each once."""
    by_id = {each.stem: each for each in bank.scenarios}
    for each in bank.scenarios:
        other = by_id.get(each.scenario.twin or "")
        if other and each.stem < other.stem and not list(_faults(each, other)):
            yield each, other


def check_twins(bank: CheckedBank) -> Iterator[Finding]:
    """Hold pairs to what makes them pairs: each other's name, the same options, values that turn; no form has both."""
    by_id = {each.stem: each for each in bank.scenarios}
    for each in bank.scenarios:
        yield from _named(each, by_id)
    for one, other in list_pairs(bank):
        for key in bank.keys:
            yield from _sums(key, one, other)
    for form in bank.forms:
        yield from _in_form(form, by_id)


def _named(each: ScenarioFile, by_id: ById) -> Iterator[Finding]:
    twin = each.scenario.twin
    if twin is None or "twin" in each.wrong:
        return
    if twin == each.stem or twin not in by_id:
        said = f"there is no other scenario {twin!r} outside practice"
        yield error(each.file, "twin", "twin", printable(said), "Name the pair's other half by its file's name.")
        return
    for field, said, mend in _faults(each, by_id[twin]):
        yield error(each.file, field, "twin", printable(said), mend)


def _faults(each: ScenarioFile, other: ScenarioFile) -> Iterator[tuple[str, str, str]]:
    """Give field, fault and cure of what keeps two scenarios from being a pair."""
    if not names_back(each.stem, other.stem, other.scenario.twin):
        said = f"{other.stem!r} names {other.scenario.twin!r} as its twin" if other.scenario.twin else "is not mutual"
        yield "twin", said, f'Write twin = "{each.stem}" into {other.file}, or take this one out.'
    for field in SHARED:
        if getattr(each.scenario, field) != getattr(other.scenario, field):
            said = f"is {getattr(each.scenario, field)}, and of the twin {getattr(other.scenario, field)}"
            yield field, said, "Twins share their options, and with them where the scene plays and what it is about."
    if _texts(each) != _texts(other):
        said = f"the options are not those of the twin {other.stem!r}, letter by letter"
        yield "options", said, "Twins share every option's text: take over one of the two."


def names_back(each: str, other: str, named: str | None) -> bool:
    """Tell whether a scenario's twin is another one that names it as its own."""
    return each != other and named == each


def _texts(each: ScenarioFile) -> dict[str, str]:
    return {option.id: option.text for option in each.scenario.options}


def _sums(key: KeyFile, one: ScenarioFile, other: ScenarioFile) -> Iterator[Finding]:
    here, there = key.credits_of(one), key.credits_of(other)
    least, most = SUMS[one.scenario.kind]
    for option in sorted(set(here) & set(there)):
        both = here[option].value + there[option].value
        if not least <= both <= most:
            said = f"its value and that under {other.stem} make {both:g}; {least:g} to {most:g}"
            mend = "Let the option be good under one stem and bad under the other."
            yield advice(key.file, printable(f"scenarios.{one.stem}.{option}"), "twin-sum", printable(said), mend)


def _in_form(form: FormFile, by_id: ById) -> Iterator[Finding]:
    names = form.content.get("scenarios")
    if not isinstance(names, list) or form.content.get("studies_only") is True:
        return
    held = {name for name in names if isinstance(name, str)}
    # one half's word is enough: whoever sits both meets the options twice, whether or not the other says so
    named = {(name, by_id[name].scenario.twin or name) for name in held if name in by_id}
    for one, other in sorted({(min(both), max(both)) for both in named if both[1] in held}):
        if one != other:
            said = f"has both {one!r} and its twin {other!r}"
            mend = "Nobody sits both: take one of the two out."
            yield error(form.file, "scenarios", "twin", printable(said), mend)
