"""Tables, from TOML files or from pinned JSON, to domain objects: one way for both."""

from collections.abc import Mapping
from typing import Any

from eiassess.banks.reading import TableReader
from eiassess.domain.banks import CandidateNotice, CoverageTargets, EvidenceStatement, QuestionBank, Source
from eiassess.domain.competencies import (
    Competency,
    CompetencyGroup,
    CompetencyModel,
    CustomerStyle,
    InterviewQuestion,
)
from eiassess.domain.digests import canonical_json, digest_of
from eiassess.domain.formats import ChoicePrompt, RatingScale, ResponseFormat
from eiassess.domain.forms import AssessmentForm, ResponseInstruction
from eiassess.domain.keys import KeyingMethod, KeyProvenance, OptionCredit, ScoringKey
from eiassess.domain.scenarios import ResponseOption, Scenario, ScenarioKind
from eiassess.domain.versions import ContentStatus, VersionLink

OPTIONS_AT_LEAST = 2


def decode_scenario(table: TableReader) -> Scenario:
    """Read a scenario; practice scenarios leave out competency and sources.

    Raises
    ------
    BankError
        A field is missing, unknown or of the wrong kind.
    """
    scenario = Scenario(
        id=table.text("id"),
        version=table.integer("version"),
        title=table.text("title"),
        kind=table.choice("kind", ScenarioKind),
        channel=table.text("channel"),
        trade=table.text("trade"),
        situation=table.text("situation"),
        options=tuple(_option(option) for option in table.tables("options")),
        competency=table.optional_text("competency"),
        style=table.optional_text("style"),
        sources=table.texts("sources", default=()),
        status=_status(table),
    )
    table.finish()
    if len(set(scenario.option_ids)) < max(OPTIONS_AT_LEAST, len(scenario.options)):
        table.refuse("options", "expected at least two options with different ids")
    return scenario


def _status(table: TableReader) -> ContentStatus:
    return table.choice("status", ContentStatus) if "status" in table.values else ContentStatus.TRIAL


def _option(table: TableReader) -> ResponseOption:
    option = ResponseOption(table.text("id"), table.text("text"), table.text("feedback", default=""))
    table.finish()
    return option


def decode_key(table: TableReader) -> ScoringKey:
    """Read a scoring key.

    Raises
    ------
    BankError
        A field is missing, unknown or of the wrong kind, or a value lies outside the scale.
    """
    minimum, maximum = table.integers("scale", 2)
    if minimum >= maximum:
        table.refuse("scale", "expected the lower end first, such as [1, 6]")
    key_credits = {
        scenario: {option: _credit(entry, minimum, maximum) for option, entry in options.entries()}
        for scenario, options in table.table("scenarios").entries()
    }
    return ScoringKey(
        id=table.text("id"),
        version=table.integer("version"),
        method=table.choice("method", KeyingMethod),
        experts=table.integer("experts"),
        minimum=minimum,
        maximum=maximum,
        credits=key_credits,
        relevance=table.optional_text("relevance") or "",
        relevance_by=table.optional_text("relevance_by") or "",
        provisional=table.flag("provisional"),
        provenance=_provenance(table.table("provenance")) if "provenance" in table.values else None,
        digest=_digest(table),
    )


def _provenance(table: TableReader) -> KeyProvenance:
    provenance = KeyProvenance(
        panel=table.text("panel"),
        rated_from=table.text("rated_from"),
        rated_to=table.text("rated_to"),
        published=table.text("published"),
        share_kept=table.number("share_kept", 0, 1),
        median_icc=table.number("median_icc", -1, 1) if "median_icc" in table.values else None,
        simulated=table.flag("simulated"),
        previous=table.text("previous"),
        to_review=table.texts("to_review", default=()),
    )
    table.finish()
    return provenance


def _credit(table: TableReader, minimum: float, maximum: float) -> OptionCredit:
    credit = OptionCredit(table.number("value", minimum, maximum), table.text("rationale"), table.texts("sources"))
    table.finish()
    return credit


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
        status=_status(table),
        comparable_with=tuple(_link(link) for link in table.optional_tables("comparable_with")),
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


def _digest(table: TableReader) -> str:
    """Digest a table that was read to its end: fields that nobody knows are refused, not pinned."""
    table.finish()
    return digest_of(canonical_json(table.values))


def decode_scales(table: TableReader) -> dict[ScenarioKind, RatingScale]:
    """Read the rating scales of the kinds of scenarios."""
    return {ScenarioKind(kind): decode_scale(scale) for kind, scale in table.entries() if _is_kind(table, kind)}


def decode_prompts(table: TableReader) -> dict[ScenarioKind, dict[ResponseFormat, ChoicePrompt]]:
    """Read the words of the formats in which options are chosen or ranked, for each kind of scenario."""
    return {ScenarioKind(kind): _prompts(prompts) for kind, prompts in table.entries() if _is_kind(table, kind)}


def _is_kind(table: TableReader, kind: str) -> bool:
    known = kind in set(ScenarioKind)
    if not known:
        table.refuse(kind, f"unknown kind of scenario; known are {', '.join(ScenarioKind)}")
    return known


def _prompts(table: TableReader) -> dict[ResponseFormat, ChoicePrompt]:
    chosen = {str(each) for each in ResponseFormat if not each.is_rated}
    for name in table.values:
        if name not in chosen:
            table.refuse(name, f"expected one of {', '.join(sorted(chosen))}")
    return {ResponseFormat(name): _prompt(prompt) for name, prompt in table.entries() if name in chosen}


def _prompt(table: TableReader) -> ChoicePrompt:
    prompt = ChoicePrompt(table.text("question"), table.text("top"), table.text("bottom", default=""))
    table.finish()
    return prompt


def decode_coverage(table: TableReader) -> CoverageTargets:
    """Read what a bank promises to cover; parts that are left out are ``None``."""
    targets = CoverageTargets(
        scenarios=table.optional_integer("scenarios", 1),
        scenarios_per_competency=table.optional_integer("scenarios_per_competency", 1),
        scenarios_per_style=table.optional_integer("scenarios_per_style", 1),
        channels=_optional_texts(table, "channels"),
        trades=_optional_texts(table, "trades"),
        unused_sources=_optional_texts(table, "unused_sources"),
    )
    table.finish()
    return targets


def _optional_texts(table: TableReader, field: str) -> tuple[str, ...] | None:
    return table.texts(field) if field in table.values else None


def decode_scale(table: TableReader) -> RatingScale:
    """Read a rating scale with a label for every point."""
    scale = RatingScale(
        table.integer("minimum"), table.integer("maximum"), table.texts("labels"), table.text("question")
    )
    for end in ("lowest", "highest"):  # for the author's eye; the labels say it too
        table.optional_text(end)
    table.finish()
    if scale.minimum >= scale.maximum:
        table.refuse("maximum", f"expected more than {scale.minimum}, the minimum")
    n_points = scale.maximum - scale.minimum + 1  # counted without a list of them: a maximum can be huge
    if len(scale.labels) != n_points:
        table.refuse("labels", f"expected {n_points} labels, one for each point")
    return scale


def decode_bank(bank: TableReader, competencies: TableReader, sources: TableReader) -> QuestionBank:
    """Read a bank's own texts, its competency model and its sources."""
    decode_scales(bank.table("scales"))  # a form takes both over; checked here, where their file can be named
    decode_prompts(bank.table("prompts", default={}))
    decode_coverage(bank.table("coverage", default={}))
    bank.optional_text("licence")
    content = QuestionBank(
        id=bank.text("id"),
        version=bank.integer("version"),
        title=bank.text("title"),
        language=bank.text("language"),
        notice=_notice(bank.table("notice")),
        evidence=_evidence(bank.table("evidence")),
        model=_model(competencies),
        sources={name: _source(name, table) for name, table in sources.table("sources").entries()},
    )
    bank.finish()
    sources.finish()
    return content


def _notice(table: TableReader) -> CandidateNotice:
    return CandidateNotice(
        measures=table.text("measures"),
        sees=table.texts("sees"),
        decides=table.text("decides"),
        key_status=table.text("key_status"),
        adjustments=table.text("adjustments"),
        rights=table.texts("rights"),
        stored=table.text("stored"),
        digest=_digest(table),
    )


def _evidence(table: TableReader) -> EvidenceStatement:
    fields = ("key", "norms", "reliability", "not_measured", "anchors")
    evidence = EvidenceStatement(**{field: table.text(field) for field in fields})
    table.finish()
    return evidence


def _source(name: str, table: TableReader) -> Source:
    source = Source(
        id=name,
        title=table.text("title"),
        establishes=table.text("establishes"),
        document=table.text("document"),
        kind=table.text("kind"),
        study=table.text("study", default=""),
    )
    table.finish()
    return source


def _model(table: TableReader) -> CompetencyModel:
    competencies = {name: _competency(name, entry) for name, entry in table.table("competencies").entries()}
    groups = tuple(_group(entry, competencies) for entry in table.tables("groups"))
    styles = {name: _style(name, entry) for name, entry in table.table("styles").entries()}
    if "version" in table.values:
        table.integer("version")
    table.finish()
    return CompetencyModel(groups, competencies, styles)


def _group(table: TableReader, competencies: Mapping[str, Competency]) -> CompetencyGroup:
    members = table.texts("competencies")
    for member in members:
        if member not in competencies:
            table.refuse("competencies", f"there is no competency {member!r}")
    group = CompetencyGroup(table.text("id"), table.text("name"), table.text("definition"), members)
    table.finish()
    return group


def _competency(name: str, table: TableReader) -> Competency:
    fields = ("name", "short_name", "definition", "close_to_key", "far_from_key", "candidate_feedback")
    competency = Competency(id=name, interview=_interview(table), **{field: table.text(field) for field in fields})
    table.finish()
    return competency


def _style(name: str, table: TableReader) -> CustomerStyle:
    style = CustomerStyle(name, table.text("name"), table.text("description"), _interview(table))
    table.finish()
    return style


def _interview(table: TableReader) -> tuple[InterviewQuestion, ...]:
    return tuple(_question(entry) for entry in table.tables("interview"))


def _question(table: TableReader) -> InterviewQuestion:
    question = InterviewQuestion(table.text("question"), table.text("good"), table.text("poor"))
    table.finish()
    return question
