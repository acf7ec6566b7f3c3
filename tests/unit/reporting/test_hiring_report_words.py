"""The report's sentences, each at its boundary: what a score means, how many lie clearly above, what to ask and why."""

import pytest

from eiassess.domain.reasons import OVERALL, NotScored, NotScoredCode
from eiassess.domain.report_bases import ReportBasis
from eiassess.domain.reports import HiringReport
from eiassess.domain.scores import Interval, PersonScore, ScoreEstimate, StoredScore
from eiassess.reporting.kinds.hiring.content import NO_WIDTH, write_hiring_report
from tests.hiring_story import NOON, standard_form

LOADED = standard_form()
COMPETENCIES = LOADED.bank.model.competencies
IDS = LOADED.bank.model.competency_ids
RANDOM = Interval(38, 62)


def estimate(low: float, score: float, high: float, *, sem: float = 3.0, within: float | None = None) -> ScoreEstimate:
    return ScoreEstimate(score, sem, Interval(low, high), RANDOM, 2, 8, within)


CLEAR = estimate(62.01, 80, 90)
ABOVE = estimate(62, 80, 90)
LIKE = estimate(40, 62, 80)
LOWER = "reaches lower than most, though not reliably so. Ask to learn, not to confirm."


def report(
    competencies: dict[str, ScoreEstimate],
    *,
    overall: ScoreEstimate | None = CLEAR,
    counted: int = 16,
    not_scored: tuple[NotScored, ...] = (),
) -> HiringReport:
    score = PersonScore(
        overall=overall,
        competencies=competencies,
        styles={},
        scenarios={scenario.id: 80.0 for scenario in LOADED.form.scenarios[:counted]},
        distance=None,
        strengths=(),
        weaknesses=(),
        not_scored=not_scored,
        n_ratings=66,
        n_unanswered=0,
        random_like=False,
    )
    stored = StoredScore(score, "f" * 64, "k" * 64, "r" * 64, "c" * 64, "house-scale", NOON)
    basis = ReportBasis(
        "Nora",
        "Adviser",
        simulated=False,
        submitted_at=NOON,
        form=LOADED.form,
        key=LOADED.key,
        bank=LOADED.bank,
        stored=stored,
    )
    return write_hiring_report(basis)


def test_the_summary_counts_only_the_scenarios_that_were_compared() -> None:
    found = report(dict.fromkeys(IDS, CLEAR), counted=13)
    assert found.summary[0].startswith("66 ratings in 13 scenarios from customer service were compared with the answer")


def test_without_a_score_nothing_is_said_to_be_compared() -> None:
    reason = NotScored(OVERALL, NotScoredCode.TOO_FEW_COMPLETE, 12, 16, 13)
    given = f"66 ratings were given to a form of {len(LOADED.form.scenarios)} scenarios from customer service"
    assert report({}, overall=None, counted=0, not_scored=(reason,)).summary == (
        f"{given}; they were not compared with the answer key.",
        "Reasons why nothing is scored: Overall: 12 of 16 scenarios are complete; at least 80 % are needed.",
    )


def meaning(found: HiringReport, competency: str) -> str:
    lines = [line for section in found.sections for line in section.lines]
    return next(line.meaning for line in lines if line.name == COMPETENCIES[competency].name)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (CLEAR, COMPETENCIES[IDS[0]].close_to_key),
        (ABOVE, "Above random answering, but by less than its error."),
        (estimate(40, 62.01, 80), "Above random answering, but by less than its error."),
        (LIKE, "Random answering often scores as high."),
    ],
)
def test_what_a_score_means(given: ScoreEstimate, words: str) -> None:
    assert meaning(report({IDS[0]: given}), IDS[0]) == words


@pytest.mark.parametrize(("within", "said"), [(94.0, False), (94.1, True), (None, False)])
def test_using_the_scale_differently_is_said_where_it_is_so(within: float | None, *, said: bool) -> None:
    words = " Used the rating scale differently here than elsewhere."
    found = report({IDS[0]: estimate(66, 80, 94, within=within)})
    assert (words in meaning(found, IDS[0])) is said


@pytest.mark.parametrize(("n_clear", "n_above"), [(0, 8), (1, 7), (8, 0)])
def test_the_summary_counts_what_lies_clearly_above(n_clear: int, n_above: int) -> None:
    found = report(dict(zip(IDS, [CLEAR] * n_clear + [ABOVE] * n_above, strict=True)))
    assert f"{n_clear} of 8 lie clearly above random answering." in found.summary[2]


@pytest.mark.parametrize(("sem", "said"), [(0.0, True), (0.1, False)])
def test_an_interval_without_width_is_explained(sem: float, *, said: bool) -> None:
    found = report(dict.fromkeys(IDS, CLEAR), overall=estimate(80, 80, 80, sem=sem))
    assert (NO_WIDTH in found.summary) is said


def test_two_areas_are_asked_about_with_two_questions_each() -> None:
    found = report(dict.fromkeys(IDS, CLEAR))
    assert [len(area.questions) for area in found.probing] == [2, 2]


def test_who_is_not_scored_somewhere_is_asked_there_first_then_where_the_interval_reaches_lowest() -> None:
    given = {IDS[0]: estimate(70, 80, 90), IDS[1]: estimate(63, 85, 95), **dict.fromkeys(IDS[3:], CLEAR)}
    found = report(given)
    assert [area.name for area in found.probing] == [COMPETENCIES[name].name for name in (IDS[2], IDS[3])]
    assert found.probing[0].reason == "Not scored: the test says nothing here, so ask."


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            CLEAR,
            f"Score 80, interval 62 to 90: {LOWER}",
        ),
        (ABOVE, "Score 80, interval 62 to 90: within reach of random answering, so ask to learn more."),
        (LIKE, "Score 62, interval 40 to 80: within reach of random answering, so ask to learn more."),
    ],
)
def test_why_an_area_is_asked_about(given: ScoreEstimate, reason: str) -> None:
    found = report({**dict.fromkeys(IDS, estimate(90, 95, 99)), IDS[4]: given})
    assert (found.probing[0].name, found.probing[0].reason) == (COMPETENCIES[IDS[4]].name, reason)
