"""Migration 0015 closes earlier requests that a contact for adjustments was asked or answered, and no others."""

import pytest
from sqlalchemy import text

from eiassess.domain.openings import OpeningSettings
from eiassess.persistence.engine import Database
from eiassess.persistence.migrations import downgrade_database, upgrade_database
from eiassess.persistence.tables import AdjustmentRequestRecord
from eiassess.services.hiring.opening_settings import make_opening
from tests.hiring_story import NOON, Story, standard_form, tell_story

CLOSED = "SELECT id FROM adjustment_request WHERE for_contact = true ORDER BY id"


@pytest.mark.usefixtures("quick_passwords")
def test_only_what_a_contact_was_asked_or_answered_is_closed(empty_url: str) -> None:
    upgrade_database(empty_url)
    database = Database(empty_url)
    story = tell_story(database)
    with_contact = make_opening(database, story.alice, standard_form(), OpeningSettings("With a contact"), NOON)
    name_contact(story, with_contact)
    ask(story, "a waits in an opening with a contact", with_contact, None)
    ask(story, "b the recruiter answered before there was one", with_contact, story.alice)
    ask(story, "c waits where nobody is named", story.opening, None)
    ask(story, "d the recruiter answered", story.opening, story.alice)
    ask(story, "e whoever was the contact then answered", story.opening, story.dana)
    database.close()

    downgrade_database(empty_url, "0014")
    upgrade_database(empty_url)

    database = Database(empty_url)
    with database.reading() as db:
        closed = [each[0] for each in db.connection().execute(text(CLOSED))]
    database.close()
    assert [each[0] for each in closed] == ["a", "b", "e"]


def name_contact(story: Story, opening: str) -> None:
    with story.database.writing() as db:
        row = {"opening": opening, "user": story.dana}
        db.connection().execute(text("INSERT INTO opening_member VALUES (:opening, :user, 'adjustments')"), row)


def ask(story: Story, request: str, opening: str, answered_by: str | None) -> None:
    invited = story.invite(f"Casey{request[0]}", opening=opening)
    with story.database.writing() as db:
        db.add(
            AdjustmentRequestRecord(
                id=request[0],
                session_id=invited.session_id,
                kind="more time",
                words=request,
                asked_at=NOON,
                answer=answered_by and "Yes.",
                answered_at=NOON if answered_by else None,
                answered_by=answered_by,
            )
        )
