"""Who answered unevenly over the sitting: drawn with the reason and not compared, where one person's score stands."""

from dataclasses import replace

import pytest
from sqlmodel import select

from eiassess.domain.error_estimates import NotCompared
from eiassess.domain.releases import ReleaseField
from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import AssessmentSessionRecord, ScoreRecord
from eiassess.reporting.kinds.hiring.content import write_hiring_report
from eiassess.scoring.differences.wording import WHAT_UNEVEN_MEANS
from eiassess.services.differences.estimates import renew_estimates
from eiassess.services.results.comparing import compare_candidates
from eiassess.services.results.for_managers import get_basis_for_operator, report_basis
from eiassess.services.results.for_recruiters import get_candidate_result
from tests.hiring_story import Invited, Story, after, standard_form
from tests.integration.test_error_estimates import PEOPLE, hand_in, ratings_near_the_key

WORDS = f"Drawn, and not compared with other people: answered unevenly over the sitting. {WHAT_UNEVEN_MEANS}"


def uneven_ratings(pages: int = 4) -> list[int]:
    """Near the key, but the first pages the other way round."""
    first = sum(len(scenario.option_ids) for scenario in standard_form().form.scenarios[:pages])
    near = ratings_near_the_key(99, noise=0.6)
    return [7 - each for each in near[:first]] + near[first:]


@pytest.fixture
def people(story: Story) -> list[Invited]:
    return hand_in(story)


def reason(story: Story, who: Invited) -> NotCompared | None:
    placed = get_candidate_result(story.database, story.alice, who.session_id).placed
    assert placed is not None
    return placed.not_compared


def test_whoever_comes_after_the_estimate_is_marked_by_it(story: Story, people: list[Invited]) -> None:
    odd = story.submitted("Odd", uneven_ratings())
    assert reason(story, odd) is None
    renew_estimates(story.database, after(days=1))
    assert reason(story, odd) is NotCompared.UNEVEN
    later = story.submitted("Later", uneven_ratings())
    assert reason(story, later) is NotCompared.UNEVEN
    assert [reason(story, each) for each in people].count(None) >= PEOPLE - 1


def test_the_page_that_compares_and_the_report_say_so_too(story: Story, people: list[Invited]) -> None:
    renew_estimates(story.database, after(days=1))
    odd = story.submitted("Odd", uneven_ratings())
    found = compare_candidates(story.database, story.alice, story.opening, [odd.session_id, people[0].session_id])
    assert found.differences.people[odd.session_id].not_compared is NotCompared.UNEVEN
    assert found.differences.tests == ()
    basis = get_basis_for_operator(story.database, odd.session_id)
    report = write_hiring_report(basis)
    assert WORDS in report.summary
    assert basis.estimate is not None
    assert f"{PEOPLE} people, 2026-11-03, SHA-256 {basis.estimate.digest}" in dict(report.provenance)["Errors"]
    made_up = replace(basis, estimate=replace(basis.estimate, simulated=True))
    assert "12 simulated people" in dict(write_hiring_report(made_up).provenance)["Errors"]


def test_a_report_without_the_overall_score_says_nothing_of_it(story: Story, people: list[Invited]) -> None:
    renew_estimates(story.database, after(days=1))
    assert people
    odd = story.submitted("Odd", uneven_ratings())
    with story.database.reading() as db:
        session = db.get_one(AssessmentSessionRecord, odd.session_id)
        assert session.state == SessionState.SUBMITTED
        basis = report_basis(db, session, after(hours=1), frozenset({ReleaseField.COMPETENCIES}))
    assert (basis.not_compared, basis.estimate) == (None, None)
    assert not [each for each in write_hiring_report(basis).summary if "unevenly" in each]


def test_an_even_sitting_and_a_young_form_are_silent(story: Story) -> None:
    casey = story.submitted("Casey", ratings_near_the_key(1))
    report = write_hiring_report(get_basis_for_operator(story.database, casey.session_id))
    assert not [each for each in report.summary if "not compared with other people" in each]
    assert "Errors" not in dict(report.provenance)


def test_a_score_whose_points_mean_something_else_is_not_placed(story: Story, people: list[Invited]) -> None:
    with story.database.writing() as db:
        today = db.exec(select(ScoreRecord).where(ScoreRecord.session_id == people[0].session_id)).one()
        db.add(ScoreRecord(**{**today.model_dump(), "id": "other", "number": 2, "engine": "house-scale-0"}))
    renew_estimates(story.database, after(days=1))
    assert get_candidate_result(story.database, story.alice, people[0].session_id).placed is None
    assert get_candidate_result(story.database, story.alice, people[1].session_id).placed is not None
