"""Forms whose scenarios stand in them whole, as they are pinned."""

from collections.abc import Mapping
from typing import Any

from eiassess.banks.decoding.scales import decode_prompts, decode_scales
from eiassess.banks.decoding.scenario import decode_scenario, decode_status
from eiassess.banks.reading import TableReader
from eiassess.domain.digests import canonical_json, digest_of
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm, ResponseInstruction
from eiassess.domain.scenarios import ScenarioKind
from eiassess.domain.versions import VersionLink


def decode_form(table: TableReader) -> AssessmentForm:
    """Read a form whose scenarios stand in it whole, as it is pinned; one for practice only has no others.

    Raises
    ------
    BankError
        A field is missing or of the wrong kind.
    """
    form = AssessmentForm(
        id=table.text("id"),
        version=table.integer("version"),
        title=table.text("title"),
        bank=table.text("bank"),
        format=table.choice("format", ResponseFormat),
        instruction=table.choice("instruction", ResponseInstruction),
        key_id=table.text("key"),
        scales=decode_scales(table.table("scales")),
        practice=tuple(decode_scenario(scenario) for scenario in table.tables("practice")),
        scenarios=tuple(decode_scenario(scenario) for scenario in table.tables("scenarios", least=0)),
        formats=_formats(table.table("formats", default={})),
        prompts=decode_prompts(table.table("prompts", default={})),
        status=decode_status(table),
        comparable_with=tuple(_link(link) for link in table.optional_tables("comparable_with")),
        studies_only=table.flag("studies_only"),
        digest=_form_digest(table),
    )
    if len(set(form.scenario_ids)) < len(form.scenarios):
        raise table.problem("scenarios", "a scenario stands in the form twice")
    _check_formats(form, table)
    return form


def _formats(table: TableReader) -> dict[str, ResponseFormat]:
    return {scenario: table.choice(scenario, ResponseFormat) for scenario in table.values}


def _check_formats(form: AssessmentForm, table: TableReader) -> None:
    """Hold a form's formats to its scenarios: each exists, and the bank has the words that its pages show."""
    everything = {scenario.id: scenario for scenario in (*form.practice, *form.scenarios)}
    for scenario_id in form.formats:
        if scenario_id not in everything:
            raise table.problem("formats", f"names {scenario_id!r}, which the form does not have")
    for scenario in everything.values():
        used = form.format_of(scenario)
        if scenario.kind not in form.scales:
            raise table.problem("scales", f"has no scale for {scenario.kind}; scenario {scenario.id!r} needs one")
        if used is ResponseFormat.RATE_EMOTIONS and scenario.kind is not ScenarioKind.EMOTIONS:
            raise table.problem("format", f"{used} does not fit scenario {scenario.id!r}, whose options are responses")
        if not used.is_rated and used not in form.prompts.get(scenario.kind, {}):
            raise table.problem(
                "prompts", f"has no prompts.{scenario.kind}.{used}; scenario {scenario.id!r} needs its words"
            )


def _link(table: TableReader) -> VersionLink:
    link = VersionLink(table.text("digest"), table.text("reason"), table.text("stated_by"))
    table.finish()
    return link


def _form_digest(table: TableReader) -> str:
    """Digest a form but for where in their lives it and its scenarios are: that changes, and what is sat stays."""
    table.finish()
    content = without_status(table.values)
    for field in ("scenarios", "practice"):
        content[field] = [without_status(scenario) for scenario in content[field]]
    return digest_of(canonical_json(content))


def without_status(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what says only where in its life a scenario or form is."""
    return {name: value for name, value in values.items() if name != "status"}
