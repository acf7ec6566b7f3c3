"""What happens by itself: handing in and deleting, by web server and workers, also when several do it at once."""

import logging
from datetime import datetime, timedelta

import pytest

from eiassess.domain.sessions import HandedInBy
from eiassess.persistence.tables import OpeningRecord
from eiassess.services.hiring.openings import KEEP_DAYS
from eiassess.services.sitting.deadlines import hand_in_due
from eiassess.services.upkeep.promises import BETWEEN_DELETIONS, BETWEEN_HAND_INS, Promises
from eiassess.services.upkeep.retention import delete_expired
from eiassess.worker.loop import WorkPlace, work_off
from tests.fairness_story import ask_in
from tests.hiring_story import VARIED, Story, after, at_once, rows
from tests.missing_tables import missing

END = after(hours=5)
LATE = END + timedelta(minutes=5)
OLD = after(days=KEEP_DAYS + 1)


@pytest.fixture
def ending(story: Story) -> Story:
    with story.database.writing() as db:
        db.get_one(OpeningRecord, story.opening).deadline_at = END
    return story


def answered(story: Story, *names: str) -> None:
    for name in names:
        story.begun(name).answer_all(VARIED)


def states(story: Story) -> list[tuple[str, str | None]]:
    return [(row["state"], row["handed_in_by"]) for row in rows(story.database, "assessment_session")]


def test_a_worker_hands_in_and_deletes(ending: Story) -> None:
    answered(ending, "Casey")
    work_off(WorkPlace(ending.database, lambda: END))
    assert states(ending) == [("started", None)]
    work_off(WorkPlace(ending.database, lambda: LATE))
    assert states(ending) == [("submitted", HandedInBy.SERVER)]
    assert [row["kind"] for row in rows(ending.database, "message")] == ["handed_in"]
    work_off(WorkPlace(ending.database, lambda: OLD))
    assert states(ending) == []


def test_a_worker_that_goes_on_looks_every_minute_and_not_at_each_wake_up(ending: Story) -> None:
    moments: list[datetime] = []
    place = WorkPlace(ending.database, lambda: moments[-1])

    def work(moment: datetime) -> list[tuple[str, str | None]]:
        moments.append(moment)
        work_off(place)
        return states(ending)

    answered(ending, "Casey")
    due = END + timedelta(seconds=61)
    assert work(due - timedelta(seconds=5)) == [("started", None)]
    assert work(due) == [("started", None)], "it has just looked"
    assert work(due - timedelta(seconds=5) + BETWEEN_HAND_INS) == [("submitted", HandedInBy.SERVER)]
    deleted = due + BETWEEN_DELETIONS
    old = END + timedelta(days=KEEP_DAYS)
    assert deleted < old
    assert work(old - timedelta(minutes=5)) == [("submitted", HandedInBy.SERVER)]
    assert work(old) == [("submitted", HandedInBy.SERVER)], "it has just looked"
    assert work(old - timedelta(minutes=5) + BETWEEN_DELETIONS) == []


def test_a_clock_that_is_set_back_stops_nothing(ending: Story) -> None:
    answered(ending, "Casey")
    Promises(handed_in_at=OLD, deleted_at=OLD).keep(ending.database, LATE)
    assert states(ending) == [("submitted", HandedInBy.SERVER)]


def test_several_at_once_hand_in_once(ending: Story) -> None:
    answered(ending, "Casey", "Robin")
    swept = at_once(3, lambda _: hand_in_due(ending.database, LATE))
    assert [each for each in swept if isinstance(each, Exception) or each.failed] == []
    assert len(rows(ending.database, "score")) == 2
    assert [row["kind"] for row in rows(ending.database, "message")] == ["handed_in"] * 2
    assert sum(len(each.handed_in) for each in swept if not isinstance(each, Exception)) == 2


def test_several_at_once_delete_once(ending: Story) -> None:
    answered(ending, "Casey", "Robin", "Sam")
    assert sorted(at_once(3, lambda _: delete_expired(ending.database, OLD)), key=str) == [0, 0, 3]
    assert states(ending) == []


def test_server_and_workers_do_no_harm_to_each_other(ending: Story, caplog: pytest.LogCaptureFixture) -> None:
    answered(ending, "Casey", "Robin")
    with caplog.at_level(logging.ERROR):
        assert at_once(3, lambda _: Promises().keep(ending.database, LATE)) == [None] * 3
        assert at_once(3, lambda _: Promises().keep(ending.database, OLD)) == [None] * 3
    assert (states(ending), caplog.records) == ([], [])


def test_deleting_that_fails_keeps_nobody_from_being_handed_in(ending: Story, caplog: pytest.LogCaptureFixture) -> None:
    answered(ending, "Casey")
    with missing(ending.database, "candidate_question"):
        Promises().keep(ending.database, OLD)
    assert states(ending) == [("submitted", HandedInBy.SERVER)]
    assert "Deleting expired candidates failed; it is tried again in an hour" in caplog.text


def test_asking_for_estimates_that_fails_keeps_nothing_from_being_done(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    story.submitted()
    with missing(story.database, "job"):
        Promises().keep(story.database, after(hours=2))
    assert "Asking for new estimates of errors failed; it is tried again in an hour" in caplog.text
    assert "Deleting" not in caplog.text


def test_summing_up_that_fails_keeps_nobody_from_being_deleted(ending: Story, caplog: pytest.LogCaptureFixture) -> None:
    answered(ending, "Casey")
    ask_in(ending.database, ending.opening)
    with missing(ending.database, "fairness_sums"):
        Promises().keep(ending.database, LATE)
    assert "Summing up voluntary answers failed; it is tried again in an hour" in caplog.text
    assert "Deleting" not in caplog.text
    assert states(ending) == [("submitted", HandedInBy.SERVER)]


def test_what_fails_stops_no_worker(ending: Story, caplog: pytest.LogCaptureFixture) -> None:
    answered(ending, "Casey")
    with missing(ending.database, "adjustment"):
        work_off(WorkPlace(ending.database, lambda: LATE))
    assert "Handing in at the deadline failed; it is tried again in a minute" in caplog.text
    assert states(ending) == [("started", None)]
