from datetime import timedelta
from pathlib import Path

from sqlalchemy import inspect
from sqlmodel import select

from eiassess.persistence.tables import CandidateRecord
from eiassess.services import Database
from eiassess.services.hiring.openings import KEEP_DAYS, list_openings
from eiassess.services.results.candidate_lists import list_candidates
from eiassess.services.sitting.answers import record_practice_answer
from eiassess.services.upkeep.promises import Promises
from eiassess.services.upkeep.retention import OF_A_SITTING, delete_expired
from tests.hiring_story import NOON, VARIED, Story, after, rows, standard_form, tables

KEPT = timedelta(days=KEEP_DAYS)
VALID = timedelta(days=14)


def test_answers_are_deleted_when_their_days_are_over_and_not_before(story: Story) -> None:
    story.submitted("Casey")
    handed_in = after(hours=1)
    assert rows(story.database, "scenario_showing")

    assert delete_expired(story.database, handed_in + KEPT - timedelta(seconds=1)) == 0
    assert delete_expired(story.database, handed_in + KEPT) == 1
    assert list_candidates(story.database, story.alice, story.opening).candidates == ()
    assert rows(story.database, "scenario_showing") == []
    assert "casey" not in str([rows(story.database, table) for table in tables(story.database)]).lower()


def test_who_never_handed_in_is_deleted_by_the_end_of_the_last_link(story: Story) -> None:
    story.begun("Casey")

    assert delete_expired(story.database, NOON + VALID + KEPT - timedelta(seconds=1)) == 0
    assert delete_expired(story.database, NOON + VALID + KEPT) == 1


def test_others_and_the_opening_stay(story: Story) -> None:
    story.submitted("Casey")
    story.invite("Robin", now=after(days=100))

    assert delete_expired(story.database, after(days=KEEP_DAYS + 1)) == 1
    assert [row.name for row in list_candidates(story.database, story.alice, story.opening).candidates] == ["Robin"]
    assert len(list_openings(story.database)) == 2


def test_every_table_of_a_sitting_is_named(story: Story) -> None:
    with story.database.reading() as db:
        inspector = inspect(db.connection())
        naming = {
            table
            for table in inspector.get_table_names()
            if "session_id" in {column["name"] for column in inspector.get_columns(table)}
        }
    assert naming == {str(table.__tablename__) for table in OF_A_SITTING}


def test_no_table_keeps_a_row_of_a_sitting_that_is_over(story: Story) -> None:
    """Whatever a table is called that somebody adds: if it names a sitting, its rows go with the sitting."""
    casey, practice = story.begun("Casey"), standard_form().form.practice[0]
    record_practice_answer(story.database, casey.invitation_id, practice.id, {practice.option_ids[0]: 2}, after())
    casey.answer_all(VARIED)
    story.hand_in(casey)
    naming = {
        table for table in tables(story.database) if any("session_id" in row for row in rows(story.database, table))
    }
    assert {"invitation", "item_response", "practice_answer", "score"} <= naming
    delete_expired(story.database, after(days=KEEP_DAYS + 1))
    assert [table for table in naming if rows(story.database, table)] == []


def test_nothing_of_a_name_stays_in_the_files_also_while_others_have_them_open(story: Story) -> None:
    """A server's connections keep SQLite's write-ahead file alive, and older pages of it hold what was deleted."""
    story.submitted("Casey")
    if not story.database.url.startswith("sqlite"):
        story.database.forget_what_was_deleted()
        assert delete_expired(story.database, after(days=KEEP_DAYS + 400)) == 1
        return
    file = Path(story.database.url.removeprefix("sqlite:///"))

    def held() -> list[str]:
        return [each.name for each in file.parent.glob(f"{file.name}*") if b"casey@example.org" in each.read_bytes()]

    assert held()
    other = Database(story.database.url)
    with other.reading() as db:
        db.exec(select(CandidateRecord)).all()
        assert delete_expired(story.database, after(days=KEEP_DAYS + 400)) == 1
        assert not story.database.forget_what_was_deleted()
        assert held(), "whoever reads needs the pages as they were"
        story.invite("Robin", now=after(days=KEEP_DAYS + 400))
    Promises(after(days=KEEP_DAYS + 400), after(days=KEEP_DAYS + 400)).keep(
        story.database, after(days=KEEP_DAYS + 400, minutes=1)
    )
    assert held() == []
    other.close()
