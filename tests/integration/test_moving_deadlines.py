"""Moving an opening's deadline: who is written to, and who is not."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import SQLModel, delete

from eiassess.domain.deadlines import Deadline, deadline_in
from eiassess.errors import InvalidInputError
from eiassess.persistence.tables import AdjustmentRecord, InvitationRecord, MessageRecord
from eiassess.services.hiring.extending import extend_candidates
from eiassess.services.hiring.moving import MoveReach, reach_of_moving
from eiassess.services.hiring.opening_settings import (
    change_settings,
    get_opening,
)
from eiassess.services.hiring.withdrawing import withdraw_own
from tests.hiring_story import NOON, Invited, Story, after, rows

FIRST, LATER = (deadline_in("Europe/Berlin", date(2026, 12, day), time(17)) for day in (4, 11))


@pytest.fixture
def dated(story: Story) -> Story:
    change(story, FIRST)
    return story


def change(story: Story, deadline: Deadline | None, **more: object) -> None:
    settings = get_opening(story.database, story.alice, story.opening).settings
    changed = replace(settings, deadline=deadline, **more)
    change_settings(story.database, story.alice, story.opening, changed, after(hours=2))


def written_to(story: Story) -> list[str]:
    found = rows(story.database, "message")
    return sorted(each["recipient_name"] for each in found if each["kind"] == "deadline_moved")


def reach(story: Story, now: datetime = NOON) -> MoveReach:
    return reach_of_moving(story.database, story.alice, story.opening, now)


def test_those_on_their_way_are_written_to_once(dated: Story) -> None:
    dated.invite("Casey")
    dated.begun("Robin")
    dated.submitted("Sam")
    gone = dated.invite("Toni")
    withdraw_own(dated.database, gone.invitation_id, NOON)
    closed = dated.invite("Uma")
    revoke_links(dated, closed)
    dated.invite("Vera", opening=dated.other_opening)
    assert reach(dated) == MoveReach(2, 0)
    for _ in range(2):  # the second time nothing moves
        change(dated, LATER)
    assert written_to(dated) == ["Casey", "Robin"]
    assert {each["opening_id"] for each in rows(dated.database, "message")} == {dated.opening}


def test_an_earlier_deadline_is_told_too(dated: Story) -> None:
    dated.invite("Casey")
    change(dated, deadline_in("UTC", date(2026, 11, 20), time(12)))
    assert written_to(dated) == ["Casey"]


def test_without_a_deadline_the_day_of_the_link_holds(story: Story) -> None:
    story.invite("Casey")
    assert reach(story) == MoveReach(1, 0)
    change(story, LATER)
    assert written_to(story) == ["Casey"]


def test_whoever_has_a_later_end_of_their_own_is_written_to_only_if_it_moves(dated: Story) -> None:
    casey = dated.invite("Casey")
    extend_candidates(
        dated.database, dated.alice, dated.opening, [casey.session_id], FIRST.at + timedelta(days=30), NOON
    )
    empty(dated, MessageRecord)
    assert reach(dated) == MoveReach(0, 1)
    change(dated, LATER)
    assert written_to(dated) == []
    change(dated, deadline_in("UTC", date(2027, 2, 1), time(12)))
    assert written_to(dated) == ["Casey"]


def test_who_runs_against_a_limit_is_not_written_to_for_a_deadline_that_changes_nothing(dated: Story) -> None:
    change(dated, FIRST, time_limit_minutes=150)
    dated.begun("Casey")
    assert reach(dated) == MoveReach(0, 1)
    assert reach(dated, after(hours=3)) == MoveReach(0, 0)
    change(dated, LATER, time_limit_minutes=180)
    assert written_to(dated) == []


def test_other_changes_write_to_nobody(dated: Story) -> None:
    dated.invite("Casey")
    change(dated, FIRST, title="Another", time_limit_minutes=90)
    change(dated, Deadline(FIRST.at, "Europe/Oslo"))
    assert written_to(dated) == []


def test_nobody_is_written_to_that_their_time_is_over(story: Story) -> None:
    """Without a deadline the day of the link holds again, and that may have passed."""
    story.invite("Casey")
    change(story, LATER)
    empty(story, MessageRecord)
    settings = replace(get_opening(story.database, story.alice, story.opening).settings, deadline=None)
    change_settings(story.database, story.alice, story.opening, settings, LATER.at)
    assert written_to(story) == []


def test_mails_tell_nobody_of_an_end_that_only_the_person_knows(dated: Story) -> None:
    casey = dated.invite("Casey")
    with dated.database.writing() as db:
        db.add(AdjustmentRecord(session_id=casey.session_id, ends_at=after(days=90), given_at=NOON))
    assert reach(dated) == MoveReach(1, 0)
    change(dated, LATER)
    assert written_to(dated) == ["Casey"]


def test_a_refused_change_queues_nothing(dated: Story) -> None:
    dated.invite("Casey")
    with pytest.raises(InvalidInputError):
        change(dated, LATER, keep_days=3000)
    assert written_to(dated) == []


def revoke_links(story: Story, invited: Invited) -> None:
    with story.database.writing() as db:
        db.get_one(InvitationRecord, invited.invitation_id).revoked_at = NOON


def empty(story: Story, table: type[SQLModel]) -> None:
    with story.database.writing() as db:
        db.exec(delete(table))
