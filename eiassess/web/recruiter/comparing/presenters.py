"""Two to six candidates side by side: the picture, and which differences are larger than their error."""

from dataclasses import dataclass, replace

from eiassess.domain.reasons import OVERALL
from eiassess.services.results.comparing import Comparison
from eiassess.web.recruiter.comparing.answers import AnswerTable, ScenarioChoice, answer_tables, scenario_choices
from eiassess.web.recruiter.comparing.chances import Chances, chances
from eiassess.web.recruiter.comparing.charts import ComparisonChart, competency_charts, tested_chart
from eiassess.web.recruiter.comparing.estimate_words import EstimateLine, estimate_line
from eiassess.web.recruiter.comparing.expecting import ExpectedTable, expected_table
from eiassess.web.recruiter.comparing.sentences import DifferenceLine, PartWords, Wording
from eiassess.web.recruiter.comparing.viewing import ComparisonView
from eiassess.web.recruiter.list_addresses import parameters_of
from eiassess.web.recruiter.words import distinct_names, evidence_title, use_sentences

RULE = (
    "They are looked at together. The rule aims at a false difference on no more than 5 in 100 pages of people who are "
    "truly alike; most of that goes to the overall scores, the rest to the areas. In simulations on the forms that "
    "ship it was 9 in 100 at most: more than 5 where scores lie near 90, where people answer erratically, use the "
    "scale in opposite ways or leave out scenarios."
)
"""A test holds it to docs/psychometrics/differences.md."""
DRAWN_ONLY = (
    "Competencies are drawn with their intervals and not tested between people: each rests on a few scenarios only."
)


@dataclass(frozen=True)
class ComparisonPage:
    """What stands on the page that compares candidates; ``digests`` ask for exactly this comparison again."""

    opening_id: str
    view: ComparisonView
    parameters: dict[str, str]
    opening_title: str
    simulated: bool
    message: str
    how_many: str
    people: tuple[tuple[str, str], ...]
    not_compared: tuple[str, ...]
    evidence_title: str
    evidence: tuple[str, ...]
    tested: ComparisonChart
    competencies: tuple[ComparisonChart, ...]
    drawn_only: str
    not_scored: tuple[str, ...]
    expected: ExpectedTable
    parts: tuple[PartWords, ...]
    differences: tuple[DifferenceLine, ...]
    estimates: tuple[EstimateLine, ...]
    digests: tuple[str, ...]
    scenarios: tuple[ScenarioChoice, ...]
    answers: tuple[AnswerTable, ...]
    chances: Chances


def present_comparison(comparison: Comparison, view: ComparisonView, *, blind: bool) -> ComparisonPage:
    """Draw and word a comparison, candidates in the order asked for."""
    names = distinct_names([each.row for each in comparison.candidates], blind=blind)
    words = Wording(comparison, names)
    tests = comparison.differences.tests
    use = comparison.candidates[0].use
    scenarios = scenario_choices(comparison, view.scenarios)
    estimates = tuple(estimate_line(used) for used in comparison.differences.used)
    return ComparisonPage(
        opening_id=comparison.opening_id,
        view=replace(view, scenarios=tuple(each.id for each in scenarios if each.chosen)),
        parameters=parameters_of(view.query),
        opening_title=comparison.title,
        simulated=comparison.simulated,
        message=words.message(),
        how_many=f"{len(tests)} differences were tested. {RULE}" if tests else "",
        people=tuple(names.items()),
        not_compared=words.not_compared(),
        evidence_title=evidence_title(comparison.key, use),
        evidence=(comparison.bank.evidence.key, *use_sentences(use)),
        tested=tested_chart(comparison, names),
        competencies=competency_charts(comparison, names),
        drawn_only=DRAWN_ONLY if comparison.areas else "",
        not_scored=words.not_scored(),
        expected=expected_table(comparison, names),
        parts=tuple(words.part(part) for part in (OVERALL, *comparison.areas)),
        differences=tuple(words.line(test) for test in tests),
        estimates=estimates,
        digests=tuple(each.digest for each in estimates if each.digest),
        scenarios=scenarios,
        answers=answer_tables(comparison, names, view.scenarios),
        chances=chances(comparison, names, asked=view.chances),
    )
