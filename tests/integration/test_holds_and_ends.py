"""A duty that is changed stays one; without a deadline there is nothing to remind of before it."""

from datetime import timedelta

from eiassess.persistence.tables import OpeningRecord
from eiassess.services.hiring.own_reminders import plan_for_new_ends
from eiassess.services.privacy.holding import Duty, hold_records
from tests.hiring_story import NOON, Story, after, rows


def test_a_duty_that_is_said_again_takes_the_place_of_the_first(story: Story) -> None:
    casey = story.submitted("Casey")
    for reason, day in (("A complaint.", "2026-12-24"), ("A case at court.", "2027-01-31")):
        hold_records(story.database, story.alice, casey.session_id, Duty("Dana Berg", reason, day), after(hours=3))
    (held,) = rows(story.database, "erasure_hold")
    assert (held["person"], held["reason"]) == ("Dana Berg", "A case at court.")


def test_where_there_is_no_deadline_no_reminder_is_planned_for_a_later_end(story: Story) -> None:
    with story.database.writing() as db:
        opening = db.get_one(OpeningRecord, story.opening)
        assert opening.deadline_at is None
        plan_for_new_ends(db, opening, [NOON + timedelta(days=9)], NOON)
    assert rows(story.database, "job") == []
