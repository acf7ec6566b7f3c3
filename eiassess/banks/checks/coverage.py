"""What a bank covers: competencies, styles, channels, trades and source rows."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from eiassess.banks.checks.content import CheckedBank
from eiassess.banks.checks.findings import Finding, advice, error, printable
from eiassess.banks.checks.references import COMPETENCIES

RULE = "coverage"
BANK = "bank.toml"
FOR_A_SCORE = 2
"""Scenarios of a competency below which a form can give no score for it."""


def check_coverage(bank: CheckedBank) -> Iterator[Finding]:
    """Hold a bank to what its ``[coverage]`` promises; where it promises nothing, advise."""
    declared = bank.coverage
    if declared.scenarios is not None and len(bank.scenarios) < declared.scenarios:
        said = f"the bank has {_scenarios(len(bank.scenarios))}; it promises {declared.scenarios}"
        yield error(BANK, "coverage.scenarios", RULE, said, "Write those that are missing, or promise fewer.")
    competencies = Counter(each.scenario.competency or "" for each in bank.scenarios)
    styles = Counter(each.scenario.style or "" for each in bank.scenarios)
    yield from _each("competencies", bank.bank.model.competencies, competencies, declared.scenarios_per_competency)
    yield from _each("styles", bank.bank.model.styles, styles, declared.scenarios_per_style)
    yield from _list(bank, "channel", declared.channels)
    yield from _list(bank, "trade", declared.trades)
    yield from _sources(bank)
    yield from _read_blind(bank)


def _each(part: str, names: Iterable[str], counts: Counter[str], declared: int | None) -> Iterator[Finding]:
    least = declared or (FOR_A_SCORE if part == "competencies" else 1)
    for name in names:
        if counts[name] < least:
            field = printable(f"{part}.{name}")
            if declared:
                said = f"has {_scenarios(counts[name])}; bank.toml promises {declared}"
                yield error(COMPETENCIES, field, RULE, said, "Write those that are missing, or promise fewer.")
            else:
                said = f"has {_scenarios(counts[name])}; fewer than {least} say nothing about it"
                yield advice(COMPETENCIES, field, RULE, said, "Write more of them.")


def _list(bank: CheckedBank, field: str, declared: tuple[str, ...] | None) -> Iterator[Finding]:
    if declared is None:
        return
    used = {getattr(each.scenario, field) for each in bank.scenarios}
    for name in declared:
        if name not in used:
            said = f"no scenario has the {field} {name!r}, which bank.toml promises"
            yield error(BANK, f"coverage.{field}s", RULE, printable(said), "Write one, or take it off the list.")
    for each in bank.everything:
        name = getattr(each.scenario, field)
        if name and name not in declared:
            said = f"{name!r} is not among the {field}s of bank.toml: {', '.join(declared)}"
            yield error(each.file, field, RULE, printable(said), "Take one of the list, or add it there.")


def _sources(bank: CheckedBank) -> Iterator[Finding]:
    declared = bank.coverage.unused_sources
    used = {row for each in bank.scenarios for row in each.scenario.sources}
    for row in bank.bank.sources:
        if row in used or row in (declared or ()):
            continue
        field, said = printable(f"sources.{row}"), "no scenario rests on this row"
        mend = "Write a scenario that does, or name it in unused_sources under [coverage] in bank.toml."
        yield (advice if declared is None else error)("sources.toml", field, RULE, said, mend)
    for row in declared or ():
        if bank.sources and row not in bank.sources:
            said = f"there is no row {row!r} in sources.toml"
            yield error(BANK, "coverage.unused_sources", RULE, printable(said), "Mend the name, or take it out.")


def _read_blind(bank: CheckedBank) -> Iterator[Finding]:
    forms = {PurePosixPath(form.file).stem for form in bank.forms}
    for name in bank.coverage.read_blind or ():
        if name not in forms:
            said = f"there is no form {name!r}"
            yield error(BANK, "coverage.read_blind", RULE, printable(said), "Mend the name, or take it out.")


def _scenarios(n: int) -> str:
    return "1 scenario" if n == 1 else f"{n} scenarios"
