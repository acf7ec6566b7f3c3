"""The words of the report: nothing is named that is not larger than its error."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import select

from eiassess.domain.report_bases import ReportBasis
from eiassess.domain.reports import HiringReport
from eiassess.domain.scores import Interval, PersonScore, ScoreEstimate
from eiassess.domain.shown_scores import shown_interval, shown_score
from eiassess.persistence.tables import ScoreRecord
from eiassess.reporting.kinds.hiring.content import write_hiring_report
from eiassess.scoring.interpreting import NO_LABELS
from eiassess.services.results.for_managers import get_basis_for_operator
from eiassess.services.sitting.handing_in import latest_scores, submit_session
from tests.answering import following_the_key
from tests.hiring_story import NOON, Invited, Story, after, standard_form

MODEL = standard_form().bank.model
RECOVERY = MODEL.competencies["recovery"]


def report_of(story: Story, casey: Invited) -> HiringReport:
    return write_hiring_report(get_basis_for_operator(story.database, casey.session_id))


def line(report: HiringReport, name: str) -> str:
    return next(line.meaning for section in report.sections for line in section.lines if line.name == name)


def test_who_follows_the_key_everywhere_has_no_label(story: Story) -> None:
    report = report_of(story, story.submitted("Nora", following_the_key()))
    assert report.message.startswith("Nora's ratings follow the answer key clearly more closely than random answering")
    assert report.profile == (NO_LABELS,)
    assert len(report.probing) == 2
    assert all(len(area.questions) == 2 for area in report.probing)
    assert line(report, RECOVERY.name).startswith(RECOVERY.close_to_key)
    assert (report.candidate, report.opening, report.simulated) == ("Nora", "Customer service adviser", False)
    assert report.submitted_at == report.scored_at == after(hours=1)


def test_a_score_is_one_number_in_message_summary_picture_and_table(story: Story) -> None:
    report = report_of(story, story.submitted("Nora", following_the_key()))
    overall = report.chart.groups[0].rows[0]
    assert overall.score is not None
    number, ends = shown_score(overall.score), shown_interval(overall.interval)
    assert f"(score {number}, 95 % interval {ends})" in report.message
    assert f"The overall score is {number}. Its error leaves a range from {ends}" in report.summary[1]
    assert report.chart.summary.startswith(
        f"Scores from 0 to 100 with 95 % intervals; overall {number}, interval {ends}."
    )
    drawn = [(row.label, row.score, row.interval) for group in report.chart.groups[1:] for row in group.rows]
    table = [(line.name, line.score, line.interval) for section in report.sections for line in section.lines]
    assert table == [(label, shown_score(score or 0), shown_interval(interval)) for label, score, interval in drawn]
    shown = {name: f"Score {number}, interval {ends}: " for name, number, ends in table}
    numbered = [area for area in report.probing if area.reason.startswith("Score ")]
    assert numbered
    assert all(area.reason.startswith(shown[area.name]) for area in numbered)


def test_where_somebody_goes_against_the_key_is_asked_about_first_and_called_no_weakness(story: Story) -> None:
    report = report_of(story, story.submitted("Nora", following_the_key(against={"recovery"})))
    assert RECOVERY.name not in report.message
    assert report.profile == (NO_LABELS,)
    assert report.probing[0].name == RECOVERY.name
    assert report.probing[0].questions == RECOVERY.interview[:2]
    assert line(report, RECOVERY.name) == "Random answering often scores as high."


def test_who_gives_the_same_rating_everywhere_is_not_scored(story: Story) -> None:
    report = report_of(story, story.submitted("Nora", [4] * 10))
    n = len(following_the_key())
    why = f"{n} of {n} ratings are the same; nothing can be told from them"
    assert report.message == f"Nora cannot be scored: {why}."
    assert report.summary[1] == f"Reasons why nothing is scored: Overall: {why}."
    assert len(report.summary) == 2
    assert report.profile == ()
    assert "overall not scored" in report.chart.summary
    assert all(row.score is None for group in report.chart.groups for row in group.rows)
    assert {line.score for section in report.sections for line in section.lines} == {"\u2013"}
    assert {each.score for each in report.styles} == {"\u2013"}
    assert {area.reason for area in report.probing} == {"Not scored: the test says nothing here, so ask."}


def test_a_competency_that_was_skipped_is_not_scored_and_the_rest_is(story: Story) -> None:
    casey = story.begun("Nora")
    values = iter(following_the_key())
    for scenario in standard_form().form.scenarios:
        ratings = {option: next(values) for option in scenario.option_ids}
        if scenario.competency != "recovery":
            casey.save(scenario.id, ratings)
    submit_session(story.database, casey.invitation_id, after(hours=1))
    report = report_of(story, casey)
    with story.database.reading() as db:
        named = latest_scores(db, [casey.session_id])[casey.session_id].score.weaknesses
    skipped = [each for each in standard_form().form.scenarios if each.competency == "recovery"]
    assert f"{RECOVERY.name}: 0 of {len(skipped)} scenarios are complete; at least two thirds" in report.summary[-1]
    assert report.summary[-1].startswith("Not scored: ")
    assert line(report, RECOVERY.name) == "Not scored; see the summary for the reason."
    assert report.probing[len(named)].name == RECOVERY.name  # right after weaknesses that are named, if any are
    assert report.probing[len(named)].reason.startswith("Not scored")
    assert report.chart.groups[0].rows[0].score is not None


def test_a_score_of_the_first_engine_reads_like_todays(story: Story) -> None:
    """That engine stored reasons as sentences with ids in them; they stay as they are and are read with names."""
    casey = story.submitted("Nora", following_the_key())
    with story.database.writing() as db:
        today = db.exec(select(ScoreRecord)).one()
        content = json.loads(today.content)
        del content["competencies"]["recovery"]
        content["not_scored"] = ["recovery: 1 of 3 scenarios are complete; at least two thirds are needed"]
        old = {**today.model_dump(), "id": "old", "number": 2, "engine": "house-scale-1 (EIAssess 0.1)"}
        db.add(ScoreRecord(**{**old, "content": json.dumps(content)}))
    report = report_of(story, casey)
    assert report.summary[-1] == (
        f"Not scored: {RECOVERY.name}: 1 of 3 scenarios are complete; at least two thirds are needed."
    )
    assert dict(report.provenance)["Engine"] == "house-scale-1 (EIAssess 0.1)"


def test_the_report_says_what_it_rests_on(story: Story) -> None:
    casey = story.submitted("Nora", following_the_key())
    report = report_of(story, casey)
    with story.database.reading() as db:
        stored = latest_scores(db, [casey.session_id])[casey.session_id]
    provenance = dict(report.provenance)
    assert provenance["Form"].endswith(stored.form_digest)
    assert provenance["Key"] == f"theory-1, THEORY, 0 experts, SHA-256 {stored.key_digest}"
    assert provenance["Responses"].endswith(stored.responses_digest)
    assert provenance["Scores"].endswith(stored.content_digest)
    assert provenance["Scored"] == "2026-11-02 13:00 UTC"
    evidence = dict(report.evidence)
    assert "nobody down" in evidence["Decision"]
    assert report.evidence_status == standard_form().bank.evidence.key


Write = Callable[[ScoreEstimate], HiringReport]


@pytest.fixture
def write(story: Story) -> Write:
    """Write a report in which one competency has another estimate."""
    casey = story.submitted("Nora", following_the_key())
    with story.database.reading() as db:
        stored = latest_scores(db, [casey.session_id])[casey.session_id]

    def write_with(estimate: ScoreEstimate) -> HiringReport:
        score: PersonScore = replace(stored.score, competencies={**stored.score.competencies, "recovery": estimate})
        loaded = standard_form()
        return write_hiring_report(
            ReportBasis(
                candidate="Nora",
                opening="Adviser",
                simulated=True,
                submitted_at=NOON,
                form=loaded.form,
                key=loaded.key,
                bank=loaded.bank,
                stored=replace(stored, score=score),
            )
        )

    return write_with


RANDOM = Interval(20, 70)


@pytest.mark.parametrize(
    ("estimate", "meaning", "reason"),
    [
        (
            ScoreEstimate(75, 3, Interval(60, 90), RANDOM, 2, 9),
            "Above random answering, but by less than its error.",
            "Score 75, interval 60 to 90: within reach of random answering, so ask to learn more.",
        ),
        (
            ScoreEstimate(-4, 3, Interval(-10, 20), RANDOM, 2, 9),
            "Random answering often scores as high.",
            "Score 0, interval 0 to 20: within reach of random answering, so ask to learn more.",
        ),
        (
            ScoreEstimate(60, None, None, RANDOM, 2, 9),
            "Random answering often scores as high.",
            "Score 60, interval not known: within reach of random answering, so ask to learn more.",
        ),
        (
            ScoreEstimate(72, 0.1, Interval(71, 73), RANDOM, 2, 9, within=10),
            f"{RECOVERY.close_to_key} Used the rating scale differently here than elsewhere.",
            (
                "Score 72, interval 71 to 73: reaches lower than most, though not reliably so. Ask to learn, not to "
                "confirm."
            ),
        ),
    ],
)
def test_a_low_score_is_worded_after_its_interval(
    write: Write, estimate: ScoreEstimate, meaning: str, reason: str
) -> None:
    report = write(estimate)
    assert line(report, RECOVERY.name).startswith(meaning)
    assert report.probing[0].name == RECOVERY.name
    assert report.probing[0].reason == reason
    assert report.simulated


def test_the_summary_says_how_many_lie_clearly_above_random_answering(write: Write) -> None:
    n = len(MODEL.competencies)
    at_the_end = write(ScoreEstimate(75, 3, Interval(70, 90), RANDOM, 2, 9))
    above = write(ScoreEstimate(75, 3, Interval(70.1, 90), RANDOM, 2, 9))
    said = [
        f"Single competencies rest on few scenarios, so their errors are wide: {count} of {n} lie clearly above random "
        "answering. Read the others as questions for the interview, not as findings."
        for count in (n - 1, n)
    ]
    others = write(ScoreEstimate(75, 3, Interval(70, 90), RANDOM, 2, 9)).summary
    assert others[:2] == above.summary[:2]
    assert (at_the_end.summary[2], above.summary[2]) == tuple(said)
