"""A form is worked off once, and what it carried is forgotten after a while."""

from datetime import timedelta

import pytest

from eiassess.services.once import REMEMBERED, AlreadyDoneError, require_first_time
from eiassess.services.progress.actions import remind_candidates
from tests.hiring_story import NOON, Story, rows


def test_the_same_form_reminds_once_and_another_again(story: Story) -> None:
    casey, robin = story.invite("Casey").session_id, story.invite("Robin").session_id
    assert remind_candidates(story.database, story.alice, story.opening, [casey, robin], NOON, form="a") == 2
    later = NOON + timedelta(minutes=1)
    with pytest.raises(AlreadyDoneError) as told:
        remind_candidates(story.database, story.alice, story.opening, [robin, casey], later, form="a")
    assert told.value.at == NOON
    assert len(rows(story.database, "message")) == 2
    assert remind_candidates(story.database, story.alice, story.opening, [casey], later, form="a") == 1
    assert remind_candidates(story.database, story.alice, story.opening, [casey], later, form="b") == 1
    assert remind_candidates(story.database, story.alice, story.opening, [casey], later) == 1


def test_what_was_worked_off_long_ago_is_forgotten(story: Story) -> None:
    for day, form in ((NOON, "a"), (NOON + REMEMBERED + timedelta(hours=1), "b")):
        with story.database.writing() as db:
            require_first_time(db, form, ("remind",), day)
    assert [row["done_at"] is not None for row in rows(story.database, "done_once")] == [True]
