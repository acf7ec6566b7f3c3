"""Jobs: asked for with what they are about, done by one, tried again, given up in sight; and all of it by a worker."""

from datetime import datetime, timedelta

import pytest

from eiassess.domain.job_states import JobState
from eiassess.errors import NotFoundError, RefusedError
from eiassess.services import Database
from eiassess.services.jobs.queueing import queue_job
from eiassess.services.jobs.showing import JOBS_A_PAGE, count_given_up, list_jobs, retry_job
from eiassess.services.jobs.working import (
    LEASE,
    PAUSES,
    JobClaim,
    LostLeaseError,
    claim_job,
    fail_job,
    finish_job,
    sweep_jobs,
    tell_progress,
)
from eiassess.worker.handlers import Clock
from eiassess.worker.loop import WorkPlace, work_off
from tests.hiring_story import NOON, Story, after, at_once, rows


def ask(database: Database, kind: str = "count", **what: object) -> str | None:
    with database.writing() as db:
        return queue_job(db, kind, NOON, **what)  # type: ignore[arg-type]  # named by the caller


def only(database: Database) -> dict[str, object]:
    (row,) = rows(database, "job")
    return row


def claimed(database: Database) -> JobClaim:
    claim = claim_job(database, NOON)
    assert claim
    return claim


class TestQueueing:
    def test_a_job_is_a_row_that_wakes_the_background(self, database: Database) -> None:
        woken: list[bool] = []
        database.wake = lambda: woken.append(True)
        job = ask(database, values={"list": "x"})
        row = only(database)
        assert (row["id"], row["state"], row["given"]) == (job, "waiting", '{"list": "x"}')
        assert woken == [True]

    def test_the_same_work_is_asked_for_once(self, database: Database) -> None:
        assert ask(database, key="day 1")
        assert ask(database, key="day 1") is None
        assert ask(database, key="day 2")
        assert ask(database)
        assert ask(database)
        assert len(rows(database, "job")) == 4

    def test_it_can_be_due_later(self, database: Database) -> None:
        ask(database, due_at=after(hours=1))
        assert claim_job(database, NOON) is None
        assert claim_job(database, after(hours=1))


class TestWorking:
    def test_a_job_is_claimed_by_one(self, database: Database) -> None:
        for _ in range(4):
            ask(database)
        claims = at_once(6, lambda _: claim_job(database, NOON))
        ids = [claim.id for claim in claims if isinstance(claim, JobClaim)]
        assert len(ids) == len(set(ids)) == 4

    def test_progress_is_kept_with_the_step_and_holds_the_job(self, database: Database) -> None:
        ask(database)
        claim = claimed(database)
        with database.writing() as db:
            tell_progress(db, claim, 3, 10, after(minutes=4))
        assert sweep_jobs(database, NOON + LEASE) == 0
        finish_job(database, claim, "10 done", after(minutes=6))
        row = only(database)
        assert (row["state"], row["done"], row["total"], row["words"]) == ("done", 3, 10, "10 done")
        assert sweep_jobs(database, after(days=1)) == 0

    def test_what_a_dead_worker_had_is_done_by_another_and_the_first_changes_nothing(self, database: Database) -> None:
        ask(database)
        first = claimed(database)
        assert sweep_jobs(database, NOON + LEASE) == 1
        second = claim_job(database, NOON + LEASE + PAUSES[0])
        assert second
        assert second.fence == first.fence + 1
        for change in (
            lambda: finish_job(database, first, "done", NOON),
            lambda: fail_job(database, first, "failed", NOON),
        ):
            with pytest.raises(LostLeaseError, match="not ours any more"):
                change()
        with pytest.raises(LostLeaseError), database.writing() as db:
            tell_progress(db, first, 1, 1, NOON)
        finish_job(database, second, "done", NOON)

    def test_failures_have_pauses_that_grow_and_end_in_sight(self, database: Database) -> None:
        job, now = ask(database), NOON
        assert job
        for pause in PAUSES:
            claim = claim_job(database, now)
            assert claim
            fail_job(database, claim, "no", now)
            assert claim_job(database, now + pause - timedelta(seconds=1)) is None
            now += pause
        claim = claim_job(database, now)
        assert claim
        fail_job(database, claim, "still no", now)
        assert (only(database)["state"], only(database)["words"]) == ("failed", "still no")
        assert claim_job(database, after(days=30)) is None


class TestShowing:
    def give_up(self, database: Database, opening: str, now: datetime = NOON) -> str:
        """Ask for work that fails until nobody tries it any more."""
        job = ask(database, opening_id=opening, due_at=now)
        assert job
        for pause in (*PAUSES, timedelta()):
            claim = claim_job(database, now)
            assert claim
            fail_job(database, claim, "no", now)
            now += pause
        return job

    def test_what_was_given_up_comes_first_and_others_are_counted(self, story: Story) -> None:
        database, opening = story.database, story.opening
        ask(database, opening_id=opening)
        finish_job(database, claimed(database), "done", NOON)
        failed = self.give_up(database, opening)
        ask(database, opening_id=opening)
        claimed(database)
        ask(database, opening_id=opening, due_at=after(days=2))
        ask(database)  # of no opening
        found = list_jobs(database, story.alice, opening)
        assert [line.state for line in found.lines] == ["failed", "running", "waiting", "done"]
        assert found.counts == dict.fromkeys(JobState, 1)
        assert (found.lines[0].id, found.lines[0].tries, found.lines[0].words) == (failed, len(PAUSES) + 1, "no")
        with database.reading() as db:
            assert count_given_up(db, opening) == 1

    def test_many_are_paged(self, story: Story) -> None:
        for _ in range(JOBS_A_PAGE + 1):
            ask(story.database, opening_id=story.opening)
        pages = [list_jobs(story.database, story.alice, story.opening, page).lines for page in (1, 2, 3)]
        assert [len(lines) for lines in pages] == [JOBS_A_PAGE, 1, 0]
        assert len({line.id for lines in pages for line in lines}) == JOBS_A_PAGE + 1

    def test_retrying_puts_it_back_once_and_wakes_the_background(self, story: Story) -> None:
        database, woken = story.database, list[bool]()
        job = self.give_up(database, story.opening)
        database.wake = lambda: woken.append(True)
        asked = at_once(4, lambda _: retry_job(database, story.alice, story.opening, job, after(days=1)))
        assert sorted(asked) == [False, False, False, True]  # type: ignore[type-var]  # none is an error
        assert woken
        row = only(database)
        assert (row["state"], row["tries"], row["finished_at"]) == ("waiting", 0, None)
        assert claim_job(database, after(days=1))
        assert not retry_job(database, story.alice, story.opening, job, after(days=1))
        assert only(database)["state"] == "running"

    def test_it_is_its_recruiters_alone(self, story: Story) -> None:
        database = story.database
        job = self.give_up(database, story.opening)
        with pytest.raises(NotFoundError, match="no such opening"):
            list_jobs(database, story.charlie, story.opening)
        with pytest.raises(NotFoundError, match="no such opening"):
            retry_job(database, story.charlie, story.opening, job, NOON)
        with pytest.raises(NotFoundError, match="no such work"):
            retry_job(database, story.charlie, story.other_opening, job, NOON)
        assert only(database)["state"] == "failed"


class TestWorker:
    def count(self, database: Database, claim: JobClaim, clock: Clock) -> str:
        for done in range(1, 4):
            with database.writing() as db:
                tell_progress(db, claim, done, 3, clock())
        return f"counted for {claim.values['whom']}"

    def place(self, database: Database, **handlers: object) -> WorkPlace:
        return WorkPlace(database, lambda: NOON, handlers={"count": self.count, **handlers})  # type: ignore[dict-item]  # handlers

    def test_it_does_all_that_is_due(self, database: Database) -> None:
        for whom in ("Ada", "Bea"):
            ask(database, values={"whom": whom})
        work_off(self.place(database))
        assert {(row["state"], row["done"], row["words"]) for row in rows(database, "job")} == {
            ("done", 3, "counted for Ada"),
            ("done", 3, "counted for Bea"),
        }

    def test_what_fails_is_noted_and_keeps_nothing_else_from_being_done(self, database: Database) -> None:
        def refuse(*_: object) -> str:
            message = "The list is gone; upload it again"
            raise RefusedError(message)

        def break_down(*_: object) -> str:
            raise ZeroDivisionError

        for kind in ("refuse", "break", "nobody knows"):
            ask(database, kind)
        ask(database, values={"whom": "Ada"})
        work_off(self.place(database, refuse=refuse, **{"break": break_down}))
        assert {(row["kind"], row["state"], row["words"]) for row in rows(database, "job")} == {
            ("refuse", "waiting", "The list is gone; upload it again"),
            ("break", "waiting", "ZeroDivisionError; the log says more"),
            ("nobody knows", "waiting", "KeyError; the log says more"),
            ("count", "done", "counted for Ada"),
        }

    @pytest.mark.parametrize("fails", [True, False])
    def test_a_job_that_another_took_over_is_left_to_it(self, database: Database, fails: bool) -> None:  # noqa: FBT001 - a parameter
        def lose(database: Database, _claim: JobClaim, _clock: Clock) -> str:
            sweep_jobs(database, NOON + LEASE)
            if fails:
                raise ZeroDivisionError
            return "done"

        ask(database, "lose")
        work_off(self.place(database, lose=lose))
        assert only(database)["state"] == "waiting"

    def test_it_stops_when_it_is_to(self, database: Database) -> None:
        ask(database, values={"whom": "Ada"})
        work_off(self.place(database), stopping=lambda: True)
        assert only(database)["state"] == "waiting"
