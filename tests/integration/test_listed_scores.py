"""What is listed is what is stored, also of scores from before there were lists."""

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import delete, select

from eiassess.errors import RefusedError
from eiassess.persistence.migrations import downgrade_database, upgrade_database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ListedPartRecord,
    ListedScoreRecord,
    ScoreRecord,
)
from eiassess.services import Database
from eiassess.services.results.candidate_lists import ListQuery, ListSort, list_candidates
from eiassess.services.results.comparing import compare_candidates
from eiassess.services.results.for_recruiters import get_candidate_result
from eiassess.services.sitting.listed import list_again, list_areas
from tests.answering import following_the_key
from tests.candidate_lists import A_PART, AN_AREA, OTHER_AREA, names, sorted_out
from tests.hiring_story import Story, after, rows, switch_on

BEFORE, BEFORE_LISTED = "0008", "0019"
LISTED = ("score_basis", "listed_score", "listed_part")


@pytest.fixture
def sorted_story(story: Story) -> Story:
    return sorted_out(story)


def test_what_is_listed_is_what_is_stored(sorted_story: Story) -> None:
    """Made again from the stored scores and answers, every row is the same; also areas that came later."""
    database = sorted_story.database
    before = {table: listed_rows(database, table) for table in LISTED}
    assert {AN_AREA, A_PART} < {row["part"] for row in before["listed_part"]}
    with database.writing() as db:
        db.exec(delete(ListedPartRecord))
        for listed in db.exec(select(ListedScoreRecord)).all():
            listed.overall, listed.with_areas = None, False
    assert list_areas(database) == 3
    assert {table: listed_rows(database, table) for table in LISTED} == before
    assert list_areas(database) == 0


def test_scores_from_before_they_were_listed_are_listed(sorted_story: Story) -> None:
    story = sorted_story
    before = {table: listed_rows(story.database, table) for table in LISTED}
    numbers = [row["number"] for row in rows(story.database, "assessment_session")]
    story.database.close()
    downgrade_database(story.database.url, BEFORE_LISTED)
    upgrade_database(story.database.url)
    assert [row["number"] for row in rows(story.database, "assessment_session")] == numbers
    assert names(story, sort=ListSort.SCORE, descending=True) == ["Zoe", "åsa", "bo", "Ann", "Cy"]
    competencies = [row for row in before["listed_part"] if row["part"] not in {AN_AREA, OTHER_AREA}]
    assert listed_rows(story.database, "listed_part") == competencies
    assert list_areas(story.database) == 3
    assert {table: listed_rows(story.database, table) for table in LISTED} == before


def listed_rows(database: Database, table: str) -> list[dict[str, object]]:
    """Return rows in an order that does not depend on when they were written."""
    return sorted(rows(database, table), key=lambda row: str([row.get("session_id"), row.get("part"), row.get("id")]))


def stored_again(story: Story, session_id: str, **other: object) -> None:
    """Add a newer score with something else about it."""
    with story.database.writing() as db:
        today = db.exec(select(ScoreRecord).where(ScoreRecord.session_id == session_id)).one()
        db.add(ScoreRecord(**today.model_dump() | {"id": "other", "number": 2} | other))
        db.flush()
        list_again(db, [session_id])


@pytest.mark.parametrize(
    "other", [{"engine": "house-scale-0 (EIAssess 0.0)"}, {"key_digest": "0" * 64}, {"engine": "house-scale-1"}]
)
def test_a_list_sets_apart_whom_the_page_that_compares_refuses(story: Story, other: dict[str, str]) -> None:
    switch_on(story.database, story.opening)
    casey, robin, zoe = (story.submitted(name, following_the_key()) for name in ("Casey", "Robin", "Zoe"))
    stored_again(story, casey.session_id, overall=99.0, **other)
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(ListSort.SCORE, descending=True))
    apart = {row.name for row in found.candidates if row.apart}
    try:
        compare_candidates(story.database, story.alice, story.opening, [casey.session_id, robin.session_id])
    except RefusedError:
        assert apart == {"Casey"}
        assert (found.candidates[-1].name, found.summary.n_set_apart) == ("Casey", 1)
        assert found.summary.highest is not None
        assert found.summary.highest < 99
    else:
        assert not apart
        assert (found.candidates[0].name, found.summary.n_set_apart, found.summary.highest) == ("Casey", 0, 99.0)
    assert compare_candidates(story.database, story.alice, story.opening, [robin.session_id, zoe.session_id])


def test_a_name_that_is_changed_is_found_by_the_new_one(story: Story) -> None:
    casey = story.invite("Casey")
    with story.database.writing() as db:
        session = db.get_one(AssessmentSessionRecord, casey.session_id)
        person = db.get_one(CandidateRecord, session.candidate_id)
        person.name, person.email = "Zoë Müller", "zoe@example.net"
    assert names(story, search="mueller example.net") == ["Zoë Müller"]
    assert names(story, search="casey") == []


def test_scores_and_names_from_before_lists_were_sorted_by_the_database_are_filled_in(sorted_story: Story) -> None:
    """Also for somebody without an overall score, and for somebody whose answers are a reason to talk."""
    story = sorted_story
    before = {name: rows(story.database, name) for name in ("candidate", "score")}
    assert {row["flagged"] for row in before["score"]} == {False, True}
    assert None in {row["overall"] for row in before["score"]}
    story.database.close()
    downgrade_database(story.database.url, BEFORE)
    upgrade_database(story.database.url)
    assert {name: rows(story.database, name) for name in before} == before
    with pytest.raises(DBAPIError, match="appended, never changed"), story.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE score SET overall = 100")


def test_the_newest_score_is_listed_once(story: Story) -> None:
    casey = story.submitted("Casey", following_the_key())
    story.score_again(casey, after(hours=2))
    found = list_candidates(story.database, story.alice, story.opening)
    assert [row.name for row in found.candidates] == ["Casey"]
    result = get_candidate_result(story.database, story.alice, casey.session_id)
    assert result.stored is not None
    assert result.stored.scored_at == after(hours=2)
