"""What scenarios and keys name must be there: competencies, styles, source rows, scales."""

from collections.abc import Iterator

from eiassess.banks.checks.content import CheckedBank, KeyFile, ScenarioFile
from eiassess.banks.checks.findings import Finding, error, printable

COMPETENCIES = "competencies.toml"


def check_references(bank: CheckedBank) -> Iterator[Finding]:
    """Hold scenarios and keys to the bank's model and sources."""
    yield from _ungrouped(bank)
    for each in bank.everything:
        yield from _practice(each) if each.is_practice else _model(bank, each)
        yield from _sources(bank, each.file, "sources", each.scenario.sources)
        if each.has_kind and bank.scales and each.scenario.kind not in bank.scales:
            said = f"bank.toml has no scale for {each.scenario.kind}"
            yield error(each.file, "kind", "scale", said, f"Add [scales.{each.scenario.kind}] to bank.toml.")
    for key in bank.keys:
        yield from _cited(bank, key)


def _ungrouped(bank: CheckedBank) -> Iterator[Finding]:
    grouped = set(bank.bank.model.competency_ids)
    for name in bank.bank.model.competencies:
        if name not in grouped:
            said = "stands in no group: its score would never be reported"
            yield error(
                COMPETENCIES, printable(f"competencies.{name}"), "competency", said, "Name it in one of the [[groups]]."
            )


def _model(bank: CheckedBank, each: ScenarioFile) -> Iterator[Finding]:
    scenario = each.scenario
    if bank.competencies and scenario.competency and scenario.competency not in bank.competencies:
        said = f"there is no competency {scenario.competency!r} in {COMPETENCIES}"
        yield error(each.file, "competency", "competency", printable(said), "Name one of the model, or add it there.")
    elif scenario.competency != each.folder and "competency" not in each.wrong:
        named = f"the competency is {scenario.competency!r}" if scenario.competency else "no competency is named"
        said = f"{named}, the folder is {each.folder!r}"
        mend = "Move the file to its competency's folder, or mend the field."
        yield error(each.file, "competency", "competency", printable(said), mend)
    if bank.competencies and scenario.style and scenario.style not in bank.bank.model.styles:
        said = f"there is no style {scenario.style!r} in {COMPETENCIES}"
        yield error(each.file, "style", "style", printable(said), "Name one of the model, or leave it out.")
    if not scenario.sources and "sources" not in each.wrong:
        yield error(each.file, "sources", "source", "rests on no source row", "Name the rows that it rests on.")
    for place, option in enumerate(scenario.options, 1):
        if option.feedback:
            said = "feedback gives the answer away outside practice"
            yield error(each.file, f"options[{place}].feedback", "practice", said, "Move it to the key's rationale.")


def _practice(each: ScenarioFile) -> Iterator[Finding]:
    for field in ("competency", "style", "sources", "twin"):
        if field in each.content:
            said = "does not belong in a practice scenario, which counts for nothing"
            yield error(each.file, field, "practice", said, "Leave it out.")
    for place, option in enumerate(each.scenario.options, 1):
        field = f"options[{place}].feedback"
        if not option.feedback and field not in each.wrong:
            said = "has no feedback: practice has nothing to show"
            yield error(each.file, field, "practice", said, "Say how the key rates the option and why.")


def _sources(bank: CheckedBank, file: str, field: str, rows: tuple[str, ...]) -> Iterator[Finding]:
    for row in rows:
        if bank.sources and row not in bank.sources:
            said = f"there is no row {row!r} in sources.toml"
            yield error(file, printable(field), "source", printable(said), "Name a row that there is, or add it there.")


def _cited(bank: CheckedBank, key: KeyFile) -> Iterator[Finding]:
    for name, options in key.key.credits.items():
        for option, credit in options.items():
            field = f"scenarios.{name}.{option}.sources"
            yield from _sources(bank, key.file, field, credit.sources)
