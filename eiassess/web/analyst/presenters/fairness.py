"""Sums of voluntary answers in words: groups, how far apart their scores lie, impact by stage."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eiassess.domain.deciding import STAGE_NAMES, DecisionStage
from eiassess.domain.fairness import STEP, FairnessQuestion
from eiassess.domain.scores import Interval
from eiassess.scoring.samples.fairness.dif import GroupDif
from eiassess.scoring.samples.fairness.differences import GroupDifference, seen_to_differ
from eiassess.scoring.samples.fairness.impact import ImpactRow, impact_chance
from eiassess.scoring.samples.fairness.law_144 import LawTable
from eiassess.scoring.samples.fairness.people import OVERALL
from eiassess.scoring.samples.fairness.sums import FairnessSums, QuestionSums, overall_differences
from eiassess.services.fairness.reading import OpeningSums
from eiassess.web.analyst.presenters.pictures import LinePicture, line_picture
from eiassess.web.analyst.presenters.words import NOTHING, people_in_words

FEW = f"fewer than {STEP}"
D_ENDS = 2.0
"""The ends of the small pictures, in standard deviations."""


@dataclass(frozen=True)
class DifferenceLine:
    """How far a group's scores lie from the largest group's, as text and picture."""

    what: str
    category: str
    d: str
    interval: str
    picture: LinePicture


@dataclass(frozen=True)
class ImpactLine:
    """A group at a stage."""

    stage: str
    category: str
    n: str
    reached: str
    share: str
    ratio: str
    interval: str
    said: str


@dataclass(frozen=True)
class QuestionBlock:
    """All that is said of a question's groups."""

    words: str
    counts: tuple[tuple[str, str], ...]
    reference: str
    overall: tuple[DifferenceLine, ...]
    overall_note: str
    parts: tuple[DifferenceLine, ...]
    parts_note: str
    impact: tuple[ImpactLine, ...]
    impact_note: str
    impact_hidden: str
    dif: tuple[str, ...]


@dataclass(frozen=True)
class FairnessPage:
    """What stands on an opening's page."""

    opening_id: str
    title: str
    simulated: bool
    lead: str
    about: tuple[tuple[str, str], ...]
    questions: tuple[QuestionBlock, ...]
    law_144: bool


@dataclass(frozen=True)
class LawLine:
    """A row of a table of Local Law 144."""

    category: str
    n: int
    favourable: int
    rate: str
    ratio: str


@dataclass(frozen=True)
class LawBlock:
    """A table of Local Law 144."""

    title: str
    favourable: str
    rate: str
    rows: tuple[LawLine, ...]
    made: str
    unknown: str


@dataclass(frozen=True)
class LawPage:
    """What stands on the page of that law's tables."""

    opening_id: str
    title: str
    simulated: bool
    tables: tuple[LawBlock, ...]


def opening_line(found: OpeningSums) -> tuple[str, str, str]:
    """Say of an opening in a list what it asks, how many are counted, and since when."""
    n = len(found.asked.questions)
    counted = FEW if found.sums is None else f"{found.sums.n}"
    return f"{n} question{'' if n == 1 else 's'}", counted, f"{found.made_on:%d %b %Y}" if found.made_on else NOTHING


def present_fairness(found: OpeningSums) -> FairnessPage:
    """Word an opening's sums."""
    sums, form = found.sums, found.form
    scenarios = {each.id: f"no. {place}, {each.title}" for place, each in enumerate(form.scenarios, 1)}
    words = {each.id: each for each in found.asked.questions}
    return FairnessPage(
        opening_id=found.opening_id,
        title=found.title,
        simulated=found.simulated,
        lead=_lead(found),
        about=_about(found),
        questions=tuple(_block(sums, each, words[each.id], scenarios) for each in sums.questions) if sums else (),
        law_144=found.asked.law_144,
    )


def _lead(found: OpeningSums) -> str:
    if found.sums is None:
        return f"Fewer than {STEP} people are counted, so nothing is shown yet."
    overall = overall_differences(found.sums)
    if not overall:
        return f"Too few to compare: no question has two groups of {STEP} people with a score."
    apart = seen_to_differ(overall)
    if not apart:
        return "No group's overall score is seen to differ from that of the largest group."
    said = [f"{each.category} {'lower' if each.d < 0 else 'higher'} than {each.reference}" for each in apart]
    return f"Overall scores are seen to differ: {'; '.join(said)}."


def _about(found: OpeningSums) -> tuple[tuple[str, str], ...]:
    if found.sums is None:
        return ()
    counted = f"{people_in_words(found.sums.n, simulated=found.simulated)} who answered"
    made = f"{found.made_on:%d %b %Y}" if found.made_on else NOTHING
    return (("Counted", counted), ("Sums made on", made), ("Answers for the questions", found.person))


def _block(
    sums: FairnessSums, found: QuestionSums, question: FairnessQuestion, scenarios: Mapping[str, str]
) -> QuestionBlock:
    lines = [_difference(each) for each in found.differences]
    overall, parts = (tuple(each for each in lines if (each.what == OVERALL) is kind) for kind in (True, False))
    impact = tuple(_impact(sums, found.id))
    return QuestionBlock(
        words=question.words,
        counts=tuple((each.category, FEW if each.n is None else f"{each.n}") for each in found.counts),
        reference=found.differences[0].reference if found.differences else "",
        overall=overall,
        overall_note=_overall_note(len(overall), len(overall_differences(sums))),
        parts=parts,
        parts_note=f"{_comparisons(len(parts))}. Of 20 intervals about one leaves out 0 by chance.",
        impact=impact,
        impact_note=f"{_comparisons(impact_chance(sums.stages, found.id).n_compared)}: all pairs of groups at all "
        "stages. More than chance is said of what still holds among so many (Holm).",
        impact_hidden=_hidden(sums, found.id),
        dif=tuple(dict.fromkeys(_dif(each, scenarios) for each in found.dif)),
    )


def _comparisons(n: int) -> str:
    return f"{n} comparison{'' if n == 1 else 's'} stand{'s' if n == 1 else ''} here"


def _overall_note(here: int, on_page: int) -> str:
    more = f", of {on_page} on this page" if on_page > here else ""
    return (
        f"{_comparisons(here)}{more}. Each interval is for one alone: of 20, about one leaves out 0 by chance. The "
        "page's first sentence names only what still holds among all of them (Holm)."
    )


def _difference(found: GroupDifference) -> DifferenceLine:
    picture = line_picture(found.d, Interval(found.low, found.high), -D_ENDS, D_ENDS, (0.0,))
    return DifferenceLine(
        found.what, found.category, _signed(found.d), f"{_signed(found.low)} to {_signed(found.high)}", picture
    )


def _signed(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}"


def _impact(sums: FairnessSums, question: str) -> Iterator[ImpactLine]:
    beyond = impact_chance(sums.stages, question).beyond
    for stage in sums.stages:
        rows = stage.rows.get(question, ())
        if any(row.reached is not None for row in rows):
            name = STAGE_NAMES[DecisionStage(stage.stage)]
            yield from (_impact_line(name, row, beyond=(stage.stage, row.category) in beyond) for row in rows)


def _hidden(sums: FairnessSums, question: str) -> str:
    """Name the stages at which nothing of a question's groups is shown."""
    hidden = [
        STAGE_NAMES[DecisionStage(stage.stage)]
        for stage in sums.stages
        if all(row.reached is None for row in stage.rows.get(question, ()))
    ]
    return f"Not shown, since parts are of {FEW} people: {', '.join(hidden).lower()}." if hidden else ""


def _impact_line(stage: str, row: ImpactRow, *, beyond: bool) -> ImpactLine:
    return ImpactLine(
        stage=stage,
        category=row.category,
        n=f"{row.n}",
        reached="not shown" if row.reached is None else f"{row.reached}",
        share=NOTHING if row.reached is None else f"{100 * row.reached / row.n:.0f} %",
        ratio=NOTHING if row.ratio is None else f"{row.ratio:.2f}",
        interval=NOTHING if row.interval is None else f"{row.interval[0]:.2f} to {row.interval[1]:.2f}",
        said=_said(row, beyond=beyond),
    )


def _said(row: ImpactRow, *, beyond: bool) -> str:
    if row.ratio is None:
        return NOTHING
    below = "below four fifths" if row.below_four_fifths else "not below four fifths"
    return f"{below}; {'more than chance' if beyond else 'chance can do this'}" if row.ratio < 1 else "highest"


def _dif(found: GroupDif, scenarios: Mapping[str, str]) -> str:
    if found.why_not:
        return f"{found.why_not}."
    pair = f"{found.category} beside {found.reference}"
    large = "; ".join(scenarios.get(each, each) for each in found.large)
    rest = f" {len(found.not_classed)} cannot be classed." if found.not_classed else ""
    if not large:
        return f"{pair}: no scenario that could be classed has a large difference (class C).{rest}"
    return (
        f"{pair}: large differences (class C) in {large}. Have people review them; nothing is dropped by itself.{rest}"
    )


def present_law(found: OpeningSums) -> LawPage:
    """Word the tables of Local Law 144."""
    names = {each.id: each.words for each in found.asked.questions}
    tables = found.sums.law_144 if found.sums else ()
    return LawPage(found.opening_id, found.title, found.simulated, tuple(_law(each, names) for each in tables))


def _law(table: LawTable, names: Mapping[str, str]) -> LawBlock:
    title = " ".join(names[each] for each in table.by)
    n = sum(row.n for row in table.rows) + table.unknown
    made = f"Of {n} {'person' if n == 1 else 'people'}" + (f", on {table.made_on:%d %b %Y}." if table.made_on else ".")
    unknown = (
        f"Of {table.unknown} of them the category is unknown: they did not say, or are not counted."
        if table.unknown
        else "Nobody's category is unknown."
    )
    if table.stage:
        stage = STAGE_NAMES[DecisionStage(table.stage)].lower()
        return LawBlock(f"{title} Came to {stage}", "Selected", "Selection rate", _law_rows(table), made, unknown)
    return LawBlock(f"{title} Scored above the median", "Above median", "Scoring rate", _law_rows(table), made, unknown)


def _law_rows(table: LawTable) -> tuple[LawLine, ...]:
    return tuple(
        LawLine(
            row.category,
            row.n,
            row.favourable,
            f"{100 * row.rate:.0f} %",
            NOTHING if row.ratio is None else f"{row.ratio:.2f}",
        )
        for row in table.rows
    )
