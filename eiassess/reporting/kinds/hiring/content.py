"""The hiring report's content: what five minutes before an interview need."""

from dataclasses import replace

from eiassess.domain.banks import QuestionBank
from eiassess.domain.charts import ChartGroup, ChartRow, IntervalChart
from eiassess.domain.competencies import Competency, CompetencyGroup, CompetencyModel, CustomerStyle
from eiassess.domain.names import isolated
from eiassess.domain.releases import Fields, ReleaseField
from eiassess.domain.report_bases import SCORES, AreaReading, ReportBasis
from eiassess.domain.reports import CompetencyLine, CompetencySection, HiringReport, ProbingArea
from eiassess.domain.scores import PersonScore, ScoreEstimate
from eiassess.domain.shown_scores import shown_estimate, shown_interval, shown_score
from eiassess.reporting.kinds.hiring.answers import answered_scenarios
from eiassess.reporting.kinds.hiring.how_scored import how_scored
from eiassess.scoring.differences.wording import not_compared_words
from eiassess.scoring.interpreting import (
    Names,
    Standing,
    answers_noun,
    in_words,
    irritant_areas,
    irritants_note,
    names_of,
    not_scored_sentence,
    overall_message,
    part_not_scored,
    profile_sentences,
    standing,
    why_not_scored,
)
from eiassess.scoring.person.missing import gives_overall_only, overall_only

AREAS_AT_LEAST, AREAS_AT_MOST = 2, 3
QUESTIONS_EACH = 2
NOT_SCORED = "not scored"
WHOLE_AREA = "Whole area"
OF_ITS_COMPETENCIES = "Its competencies taken together."
NO_NUMBER = "\u2013"

PROBING_NOTE = (
    "Questions that follow from single competencies are not here, since those were not released. Ask every candidate "
    "the same questions, and write down the answers."
)
WITHOUT_OVERALL = (
    "The answers were compared with the answer key: 100 is the key's own pattern, 50 is what random answering gives on "
    "average."
)
NO_WIDTH = (
    "All scenarios gave the same score, so the interval has no width. That does not mean that there is no error: "
    "these scenarios cannot show how large it is."
)


def write_hiring_report(basis: ReportBasis) -> HiringReport:
    """Write the report's content; same basis, same words."""
    model = basis.bank.model
    only_overall = gives_overall_only(basis.form)
    has_competencies = ReleaseField.COMPETENCIES in basis.fields
    with_parts = has_competencies and not only_overall
    return HiringReport(
        candidate=basis.candidate,
        opening=basis.opening,
        scored_at=basis.stored.scored_at,
        submitted_at=basis.submitted_at,
        simulated=basis.simulated,
        message=_message(basis),
        summary=_summary(basis),
        chart=_chart(basis, overall_only=only_overall),
        sections=tuple(_section(group, basis) for group in model.groups) if with_parts else (),
        styles=_styles(basis, overall_only=only_overall) if has_competencies else (),
        profile=profile_sentences(basis.score, model) if basis.score.competencies else (),
        probing=probing_areas(model, basis.score) if with_parts else (),
        how_scored=how_scored(basis.form),
        evidence_status=basis.bank.evidence.key,
        evidence=_evidence(basis),
        provenance=_provenance(basis),
        overall_only=f"{why_not_scored(overall_only(basis.form), _names(basis))}." if only_overall else "",
        irritants=irritant_areas(basis.irritants, model),
        irritants_note=irritants_note(basis.key) if basis.irritants else "",
        areas=() if with_parts else tuple(_area_line(each, each.name, each.definition) for each in basis.areas),
        answers=answered_scenarios(basis.form, basis.answers) if ReleaseField.ANSWERS in basis.fields else (),
        left_out=left_out(basis.fields),
        notes=tuple((f"{isolated(each.author)}, {each.at:%Y-%m-%d}", each.words) for each in basis.notes),
        probing_note=PROBING_NOTE if not has_competencies else "",
    )


def left_out(fields: Fields) -> str:
    """Say what was not released; nothing where all that a report had before there were fields is there.

    Examples
    --------
    >>> left_out(frozenset({ReleaseField.OVERALL}))
    'Not released, and so not here: competencies.'
    """
    missing = [each.value.replace("overall", "the overall score") for each in ReleaseField if each in SCORES - fields]
    return f"Not released, and so not here: {in_words(missing)}." if missing else ""


def _message(basis: ReportBasis) -> str:
    """Say the one sentence of the overall score, or where that is not released what there is instead."""
    with_profile = ReleaseField.COMPETENCIES in basis.fields
    if ReleaseField.OVERALL in basis.fields:
        return overall_message(basis.candidate, basis.score, basis.form, basis.bank.model, with_profile=with_profile)
    there = [each.value for each in ReleaseField if each in basis.fields]
    return f"This is what was released of {isolated(basis.candidate)}: {in_words(there)}."


def _chart(basis: ReportBasis, *, overall_only: bool) -> IntervalChart | None:
    """Draw the scores that were released; nothing without any."""
    whole = profile_chart(basis.candidate, basis.bank, basis.score, overall_only=overall_only)
    first, *others = whole.groups
    groups: tuple[ChartGroup, ...] = (first,) if ReleaseField.OVERALL in basis.fields else ()
    if ReleaseField.COMPETENCIES in basis.fields:
        groups += tuple(_with_area(group, basis) for group in others)
    elif basis.areas:
        groups += (ChartGroup("Areas", tuple(_area_row(area, area.name) for area in basis.areas)),)
    if not groups:
        return None
    return replace(whole, groups=groups, summary=_chart_summary(basis, whole.summary))


def _chart_summary(basis: ReportBasis, whole: str) -> str:
    if ReleaseField.OVERALL in basis.fields:
        return whole
    return "Scores from 0 to 100 with 95 % intervals. The table after the chart gives all numbers."


def _with_area(group: ChartGroup, basis: ReportBasis) -> ChartGroup:
    """Put an area's own row before those of its competencies."""
    rows = tuple(_area_row(area, WHOLE_AREA) for area in basis.areas if area.name == group.heading)
    return replace(group, rows=(*rows, *group.rows))


def _area_row(area: AreaReading, label: str) -> ChartRow:
    return ChartRow(label, area.score, area.interval, None, "" if area.score is not None else NOT_SCORED)


def _area_line(area: AreaReading, label: str, meaning: str) -> CompetencyLine:
    if area.score is None:
        return CompetencyLine(label, NO_NUMBER, NO_NUMBER, NO_NUMBER, "Not scored: too little of it was answered.")
    return CompetencyLine(label, shown_score(area.score), shown_interval(area.interval), NO_NUMBER, meaning)


def _names(basis: ReportBasis) -> Names:
    """Say what the parts and scenarios are called."""
    return names_of(basis.form, basis.bank.model)


def profile_chart(
    candidate: str, bank: QuestionBank, score: PersonScore, *, overall_only: bool = False
) -> IntervalChart:
    """Draw overall score and competencies, group by group; only the overall score where a form gives no other."""
    whole = ChartGroup("", (_chart_row("Overall", score.overall),))
    groups = tuple(
        ChartGroup(
            group.name,
            tuple(
                _chart_row(bank.model.competencies[name].name, score.competencies.get(name))
                for name in group.competencies
            ),
        )
        for group in bank.model.groups
    )
    title = f"Profile of {isolated(candidate)}"
    summary = f"Scores from 0 to 100 with 95 % intervals; overall {_reading(score.overall)}."
    if overall_only:
        return IntervalChart(title, summary, (whole,))
    return IntervalChart(title, f"{summary} The table after the chart gives all numbers.", (whole, *groups))


def _chart_row(label: str, estimate: ScoreEstimate | None) -> ChartRow:
    if estimate is None:
        return ChartRow(label, None, None, None, NOT_SCORED)
    return ChartRow(label, estimate.score, estimate.interval, estimate.random_interval)


def _reading(estimate: ScoreEstimate | None) -> str:
    if estimate is None:
        return NOT_SCORED
    return f"{shown_score(estimate.score)}, interval {shown_interval(estimate.interval)}"


def _summary(basis: ReportBasis) -> tuple[str, ...]:
    if ReleaseField.OVERALL in basis.fields:
        return _summary_of_all(basis)
    if basis.fields <= {ReleaseField.ANSWERS, ReleaseField.NOTES}:
        return ()
    return (WITHOUT_OVERALL, *(_unscored_parts(basis) if ReleaseField.COMPETENCIES in basis.fields else ()))


def _summary_of_all(basis: ReportBasis) -> tuple[str, ...]:
    score, answers = basis.score, answers_noun(basis.form)
    if score.overall is None:
        given = f"{score.n_ratings} {answers} were given to a form of {len(basis.form.scenarios)} scenarios"
        return (
            f"{given} from customer service; they were not compared with the answer key.",
            f"Reasons why nothing is scored: {_reasons(basis)}.",
        )
    first = (
        f"{score.n_ratings} {answers} in {len(score.scenarios)} scenarios from customer service were compared "
        "with the answer key: 100 is the key's own pattern, 50 is what random answering gives on average."
    )
    second = (
        f"The overall score is {shown_score(score.overall.score)}. Its error leaves a range from "
        f"{shown_interval(score.overall.interval)} (95 % interval). Of people who answer at random, 95 % score "
        f"{shown_interval(score.overall.random_interval)} on these scenarios."
    )
    exact = ((NO_WIDTH,) if score.overall.sem == 0 else ()) + _not_compared(basis)
    if gives_overall_only(basis.form) or ReleaseField.COMPETENCIES not in basis.fields:
        return (first, second, *exact)
    above = sum(standing(estimate) is Standing.CLEARLY_ABOVE for estimate in score.competencies.values())
    third = (
        f"Single competencies rest on few scenarios, so their errors are wide: {above} of {len(score.competencies)} "
        "lie clearly above random answering. Read the others as questions for the interview, not as findings."
    )
    return (first, second, *exact, third, *_unscored_parts(basis))


def _not_compared(basis: ReportBasis) -> tuple[str, ...]:
    words = not_compared_words(basis.not_compared)
    return (words,) if words else ()


def _reasons(basis: ReportBasis) -> str:
    return "; ".join(not_scored_sentence(reason, _names(basis)) for reason in basis.score.not_scored)


def _unscored_parts(basis: ReportBasis) -> tuple[str, ...]:
    """Say which parts are not scored and why, and after that what is so for the whole form."""
    reasons = basis.score.not_scored
    of_parts = [not_scored_sentence(each, _names(basis)) for each in reasons if part_not_scored(each, _names(basis))]
    of_form = [why_not_scored(each, _names(basis)) for each in reasons if not part_not_scored(each, _names(basis))]
    return (*((f"Not scored: {'; '.join(of_parts)}.",) if of_parts else ()), *(f"{each}." for each in of_form))


def _section(group: CompetencyGroup, basis: ReportBasis) -> CompetencySection:
    competencies = basis.bank.model.competencies
    below = {each.id for each in basis.score.weaknesses}
    lines = tuple(
        _line(competencies[name], basis.score.competencies.get(name), is_below=name in below)
        for name in group.competencies
    )
    area = tuple(_area_line(each, WHOLE_AREA, OF_ITS_COMPETENCIES) for each in basis.areas if each.name == group.name)
    return CompetencySection(group.name, group.definition, (*area, *lines))


def _line(competency: Competency, estimate: ScoreEstimate | None, *, is_below: bool) -> CompetencyLine:
    if estimate is None:
        return CompetencyLine(
            competency.name, NO_NUMBER, NO_NUMBER, NO_NUMBER, "Not scored; see the summary for the reason."
        )
    meaning = {
        Standing.CLEARLY_ABOVE: competency.close_to_key,
        Standing.ABOVE: "Above random answering, but by less than its error.",
        Standing.LIKE_RANDOM: "Random answering often scores as high.",
    }[standing(estimate)]
    if is_below:
        meaning = competency.far_from_key
    if estimate.uses_scale_differently:
        meaning += " Used the rating scale differently here than elsewhere."
    return CompetencyLine(
        competency.name,
        *shown_estimate(estimate),
        meaning,
    )


def _styles(basis: ReportBasis, *, overall_only: bool) -> tuple[CompetencyLine, ...]:
    if overall_only and not basis.score.styles:
        return ()
    return tuple(_style_line(style, basis.score) for style in basis.bank.model.styles.values())


def _style_line(style: CustomerStyle, score: PersonScore) -> CompetencyLine:
    estimate = score.styles.get(style.id)
    if estimate is None:
        return CompetencyLine(style.name, NO_NUMBER, NO_NUMBER, NO_NUMBER, style.description)
    return CompetencyLine(
        style.name,
        *shown_estimate(estimate),
        style.description,
    )


def probing_areas(model: CompetencyModel, score: PersonScore) -> tuple[ProbingArea, ...]:
    """Choose what to ask about: named weaknesses, then parts that could be random, then the lowest."""
    areas: list[ProbingArea] = []
    for each in score.weaknesses:
        part = model.competencies.get(each.id) or model.styles[each.id]
        reason = "Further from the key than the person's own mean, by more than the error."
        areas.append(ProbingArea(part.name, reason, part.interview[:QUESTIONS_EACH]))
    named = {area.name for area in areas}
    for competency in sorted(model.competencies.values(), key=lambda each: _low_end(score.competencies.get(each.id))):
        if competency.name not in named:
            reason = _reason(score.competencies.get(competency.id))
            areas.append(ProbingArea(competency.name, reason, competency.interview[:QUESTIONS_EACH]))
    return tuple(areas[: min(max(len(named), AREAS_AT_LEAST), AREAS_AT_MOST)])


def _low_end(estimate: ScoreEstimate | None) -> float:
    if estimate is None:
        return float("-inf")
    return estimate.interval.low if estimate.interval else estimate.score


def _reason(estimate: ScoreEstimate | None) -> str:
    if estimate is None:
        return "Not scored: the test says nothing here, so ask."
    reading = f"Score {shown_score(estimate.score)}, interval {shown_interval(estimate.interval)}"
    if standing(estimate) is Standing.CLEARLY_ABOVE:
        return f"{reading}: reaches lower than most, though not reliably so. Ask to learn, not to confirm."
    return f"{reading}: within reach of random answering, so ask to learn more."


def _evidence(basis: ReportBasis) -> tuple[tuple[str, str], ...]:
    evidence = basis.bank.evidence
    return (
        ("Comparison with others", evidence.norms),
        ("Error", evidence.reliability),
        ("Not meant to be measured", evidence.not_measured),
        ("Validity", evidence.anchors),
        ("Decision", "A person decides. The program sets no cut-off and turns nobody down."),
    )


def _provenance(basis: ReportBasis) -> tuple[tuple[str, str], ...]:
    stored, key = basis.stored, basis.key
    return (
        ("Form", f"{basis.form.title}, version {basis.form.version}, SHA-256 {stored.form_digest}"),
        ("Key", f"{key.id}, {key.method}, {key.experts} experts, SHA-256 {stored.key_digest}"),
        ("Responses", f"SHA-256 {stored.responses_digest}"),
        ("Scores", f"SHA-256 {stored.content_digest}"),
        ("Engine", stored.engine),
        *_estimate(basis),
        ("Scored", stored.scored_at.strftime("%Y-%m-%d %H:%M UTC")),
    )


def _estimate(basis: ReportBasis) -> tuple[tuple[str, str], ...]:
    """Name what the errors of such scores were estimated from, so that the report can be made again."""
    estimate = basis.estimate
    if estimate is None:
        return ()
    people = "simulated people" if estimate.simulated else "people"
    return (("Errors", f"{estimate.n:,} {people}, {estimate.made_at:%Y-%m-%d}, SHA-256 {estimate.digest}"),)
