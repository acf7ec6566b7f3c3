"""What lists draw: the interval of the page that compares, kept beside each score, and renewed with the estimate."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from sqlalchemy import delete, text
from sqlmodel import col, select

from eiassess.domain.error_estimates import NotCompared
from eiassess.persistence.migrations import downgrade_database, upgrade_database
from eiassess.persistence.tables import AssessmentSessionRecord, ListedPartRecord, ListedScoreRecord, ScoreRecord
from eiassess.services.differences.estimates import draw_again, renew_estimates
from eiassess.services.results.candidate_lists import list_candidates
from eiassess.services.results.candidate_rows import CandidateRow
from eiassess.services.results.comparing import compare_candidates
from eiassess.services.sitting.listed import list_again, list_areas
from eiassess.services.upkeep.retention import delete_candidate
from tests.hiring_story import Invited, Story, after, rows
from tests.integration.test_error_estimates import hand_in
from tests.integration.test_uneven_sittings import uneven_ratings
from tests.statements import asked

BEFORE_DRAWN = "0025"
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


@pytest.fixture
def people(story: Story) -> list[Invited]:
    return hand_in(story)


def listed(story: Story) -> dict[str, CandidateRow]:
    return {row.session_id: row for row in list_candidates(story.database, story.alice, story.opening).candidates}


def assert_drawn_as_compared(story: Story, people: list[Invited]) -> None:
    """Hold what the list draws of two people to what the page that compares draws of them."""
    ids = [people[0].session_id, people[1].session_id]
    placed = compare_candidates(story.database, story.alice, story.opening, ids).differences.people
    found = listed(story)
    for session_id in ids:
        interval, drawn = placed[session_id].interval, found[session_id].drawn
        assert interval is not None
        assert drawn is not None
        assert (drawn.low, drawn.high) == pytest.approx((interval.low, interval.high), abs=1e-12)


def test_before_the_estimate_and_after_it_a_list_draws_as_the_comparison_does(
    story: Story, people: list[Invited]
) -> None:
    assert_drawn_as_compared(story, people)
    before = listed(story)
    renew_estimates(story.database, after(days=1))
    assert_drawn_as_compared(story, people)
    now = listed(story)
    assert all(now[each].overall == before[each].overall for each in now), "the stored one does not change"
    assert all(now[each].drawn != before[each].drawn for each in now)


def test_whoever_comes_after_the_estimate_is_drawn_and_marked_at_once(story: Story, people: list[Invited]) -> None:
    renew_estimates(story.database, after(days=1))
    odd, even = story.submitted("Odd", uneven_ratings()), people[0]
    assert_drawn_as_compared(story, [odd, even])
    found = listed(story)
    assert (found[odd.session_id].not_compared, found[even.session_id].not_compared) == (NotCompared.UNEVEN, None)
    of_odd = [row for row in rows(story.database, "listed_part") if row["session_id"] == odd.session_id]
    assert {row["not_compared"] for row in of_odd} == {"uneven"}


def test_whoever_was_there_before_is_marked_with_the_estimate(story: Story, people: list[Invited]) -> None:
    assert people
    odd = story.submitted("Odd", uneven_ratings())
    assert not listed(story)[odd.session_id].not_compared
    renew_estimates(story.database, after(days=1))
    assert listed(story)[odd.session_id].not_compared is NotCompared.UNEVEN
    assert draw_again(story.database) == 0, "all is as the estimate in use says"


def test_a_score_whose_points_mean_something_else_has_nothing_but_the_stored_interval(
    story: Story, people: list[Invited]
) -> None:
    other = people[0].session_id
    with story.database.writing() as db:
        today = db.exec(select(ScoreRecord).where(ScoreRecord.session_id == other)).one()
        db.add(ScoreRecord(**{**today.model_dump(), "id": "other", "number": 2, "engine": "house-scale-0"}))
        db.flush()
        list_again(db, [other])
    renew_estimates(story.database, after(days=1))
    row = listed(story)[other]
    assert row.overall is not None
    assert row.drawn == row.overall.interval


def test_lists_from_before_are_drawn_after_an_update(story: Story, people: list[Invited]) -> None:
    assert people
    story.submitted("Odd", uneven_ratings())
    renew_estimates(story.database, after(days=1))
    before = {table: sorted(map(str, rows(story.database, table))) for table in ("listed_score", "listed_part")}
    story.database.close()
    downgrade_database(story.database.url, BEFORE_DRAWN)
    upgrade_database(story.database.url)
    assert list_areas(story.database) == 0
    assert draw_again(story.database) == len(people) + 1
    assert {table: sorted(map(str, rows(story.database, table))) for table in before} == before


def test_drawing_reads_nothing_for_each_row(story: Story, people: list[Invited]) -> None:
    renew_estimates(story.database, after(days=1))
    listed(story)
    with asked() as for_all:
        listed(story)
    for number in range(3):
        story.submitted(f"More{number}")
    with asked() as for_more:
        listed(story)
    assert len(for_more) == len(for_all)
    assert len(people) > 1


def test_drawing_and_deleting_the_same_person_wait_for_each_other_in_one_order(story: Story) -> None:
    """On PostgreSQL, whoever draws held a score and waited for a part, and whoever deletes the other way round."""
    odd = story.submitted("Odd")
    with story.database.writing() as db:
        for table in (ListedScoreRecord, ListedPartRecord):
            for row in db.exec(select(table)):
                row.not_compared = "uneven"
        listed_score = db.exec(select(ListedScoreRecord)).one()
        listed_score.drawn_from = None
    candidate_id = rows(story.database, "assessment_session")[0]["candidate_id"]
    session = AssessmentSessionRecord
    with ThreadPoolExecutor(1) as pool:
        with story.database.writing() as db:
            db.exec(select(session.id).where(session.id == odd.session_id).with_for_update()).one()
            db.exec(delete(ListedPartRecord).where(col(ListedPartRecord.session_id) == odd.session_id))
            drawing = pool.submit(draw_again, story.database)
            while story.database.url.startswith("postgresql") and not db.connection().execute(WAITING).scalar():
                sleep(0.01)  # until the drawing waits; SQLite lets one write at a time anyway
                assert not drawing.done(), "it does not wait for whoever deletes"
            delete_candidate(db, odd.session_id, candidate_id)
        assert drawing.result(20) == 1
    assert rows(story.database, "listed_score") == []
