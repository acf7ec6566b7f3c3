"""A bank's own texts, its competency model, its sources and what it promises to cover."""

from collections.abc import Mapping

from eiassess.banks.decoding.scales import decode_prompts, decode_scales
from eiassess.banks.reading import TableReader, digest_of_table
from eiassess.domain.banks import CandidateNotice, CoverageTargets, EvidenceStatement, QuestionBank, Source
from eiassess.domain.competencies import (
    Competency,
    CompetencyGroup,
    CompetencyModel,
    CustomerStyle,
    InterviewQuestion,
    Irritant,
)


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
        digest=digest_of_table(table),
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
    irritants = {name: _irritant(name, entry) for name, entry in table.table("irritants", default={}).entries()}
    if "version" in table.values:
        table.integer("version")
    table.finish()
    return CompetencyModel(groups, competencies, styles, irritants)


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


def _irritant(name: str, table: TableReader) -> Irritant:
    irritant = Irritant(
        id=name,
        name=table.text("name"),
        meaning=table.text("meaning"),
        sources=table.texts("sources"),
        interview=_question(table.table("interview")),
        singles_only=table.flag("singles_only"),
    )
    table.finish()
    return irritant


def _interview(table: TableReader) -> tuple[InterviewQuestion, ...]:
    return tuple(_question(entry) for entry in table.tables("interview"))


def _question(table: TableReader) -> InterviewQuestion:
    question = InterviewQuestion(table.text("question"), table.text("good"), table.text("poor"))
    table.finish()
    return question


def decode_coverage(table: TableReader) -> CoverageTargets:
    """Read what a bank promises to cover; parts that are left out are ``None``."""
    targets = CoverageTargets(
        scenarios=table.optional_integer("scenarios", 1),
        scenarios_per_competency=table.optional_integer("scenarios_per_competency", 1),
        scenarios_per_style=table.optional_integer("scenarios_per_style", 1),
        channels=_optional_texts(table, "channels"),
        trades=_optional_texts(table, "trades"),
        unused_sources=_optional_texts(table, "unused_sources"),
        read_blind=_optional_texts(table, "read_blind"),
    )
    table.finish()
    return targets


def _optional_texts(table: TableReader, field: str) -> tuple[str, ...] | None:
    return table.texts(field) if field in table.values else None
