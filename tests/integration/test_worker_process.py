"""Real worker processes: woken, stopped by signals, killed; and the queues that wake them."""

import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from eiassess.errors import SetupError
from eiassess.persistence.migrations import pending_revisions
from eiassess.persistence.tables import OpeningRecord
from eiassess.worker.queue import open_queue
from tests.databases import PostgresServer, free_port
from tests.hiring_story import VARIED, Story, rows
from tests.mail_host import MailHost
from tests.mailing import ask, order
from tests.worker_process import SECRET, environment, worker


def invite(story: Story, *names: str) -> None:
    """Invite people now: a worker's clock is the real one."""
    now = datetime.now(UTC)
    ask(story, [order(story, story.invite(name, now=now), name) for name in names], now=now)


def arrivals(host: MailHost, n: int) -> Event:
    """Return what is set once the server has been given so many texts."""
    arrived, seen = Event(), []

    def says(command: str, address: str) -> None:
        if command == "DATA":
            seen.append(address)
        if len(seen) >= n:
            arrived.set()

    host.says = says
    return arrived


def test_once_works_off_what_is_due_and_ends(story: Story, host: MailHost, tmp_path: Path) -> None:
    invite(story, "Ada", "Bea")
    with worker(environment(story, host, tmp_path), "--once") as process:
        assert process.communicate(timeout=60)[1] == ""
        assert process.returncode == 0
    assert sorted(host.recipients) == ["ada@example.org", "bea@example.org"]
    assert {row["state"] for row in rows(story.database, "message")} == {"sent"}


def test_once_hands_in_for_whoever_is_late_and_mails_the_receipt(story: Story, host: MailHost, tmp_path: Path) -> None:
    story.begun("Ada").answer_all(VARIED)
    with story.database.writing() as db:
        db.get_one(OpeningRecord, story.opening).deadline_at = datetime.now(UTC) - timedelta(hours=1)
    with worker(environment(story, host, tmp_path), "--once") as process:
        assert process.communicate(timeout=60)[1] == ""
    assert [row["handed_in_by"] for row in rows(story.database, "assessment_session")] == ["server"]
    assert host.recipients == ["ada@example.org"]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_worker_sends_when_it_is_woken_and_ends_after_what_it_is_at(
    story: Story, host: MailHost, tmp_path: Path, end: signal.Signals
) -> None:
    settings = environment(story, host, tmp_path)
    first = arrivals(host, 1)
    invite(story, "Ada")
    with worker(settings) as process:
        assert process.stderr
        assert process.stderr.readline() == "The worker is ready. Stop it with Ctrl-C.\n"
        assert first.wait(60)  # what was due before it started
        second = arrivals(host, 1)
        invite(story, "Bea")
        queue = open_queue(settings["EIASSESS_QUEUE_URL"], SECRET)
        queue.wake()
        queue.close()
        assert second.wait(50)  # sooner than its own look
        process.send_signal(end)
        assert process.communicate(timeout=60)[1] == "The worker has stopped.\n"
        assert process.returncode == 0
    assert [row["state"] for row in rows(story.database, "message")] == ["sent", "sent"]


class TestQueues:
    @pytest.fixture
    def queue_url(self, request: pytest.FixtureRequest, empty_url: str) -> str:
        del request
        return empty_url

    def test_many_can_begin_at_once_and_each_wake_up_is_kept(self, queue_url: str) -> None:
        """CREATE TABLE IF NOT EXISTS is no lock: on an empty database some of several would fail."""

        def wake(_: int) -> None:
            queue = open_queue(queue_url, SECRET)
            queue.wake()
            queue.close()

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(wake, range(6)))
        queue = open_queue(queue_url, SECRET)
        assert len(queue.huey) == 6
        queue.close()

    def test_a_wake_up_that_somebody_else_wrote_is_not_run(self, queue_url: str) -> None:
        forged = open_queue(queue_url, "the secret of somebody else, as long as ours")
        forged.wake()
        forged.close()
        queue = open_queue(queue_url, SECRET)
        with pytest.raises(ValueError, match="Signature"):
            queue.huey.dequeue()
        queue.close()

    def test_tables_of_a_queue_in_our_database_are_left_alone(self, database_url: str) -> None:
        open_queue(database_url, SECRET).close()
        assert pending_revisions(database_url) == ()

    def test_a_queue_that_is_away_says_so(self, tmp_path: Path) -> None:
        for url in (f"postgresql://x@127.0.0.1:{free_port()}/x", "sqlite:////proc/nowhere/q"):
            with pytest.raises(SetupError, match="The queue of EIASSESS_QUEUE_URL cannot be opened"):
                open_queue(url, SECRET)
        assert list(tmp_path.iterdir()) == []

    def test_a_wake_up_that_fails_is_logged_and_harms_nobody(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        path = tmp_path / "queue.sqlite"
        queue = open_queue(f"sqlite:///{path}", SECRET)
        connection = sqlite3.connect(path)
        connection.execute("DROP TABLE task")
        connection.close()
        queue.wake()
        queue.close()
        assert "it looks by itself within a minute" in caplog.text

    def test_after_a_restart_of_postgresql_the_second_try_gets_through(self, postgres: PostgresServer) -> None:
        name = postgres.create()
        queue = open_queue(postgres.url(name), SECRET)
        queue.wake()
        postgres.cut(name)
        queue.wake()
        assert len(queue.huey) == 2
        queue.close()
        postgres.drop(name)


def test_who_only_wakes_and_who_works_speak_of_the_same_task(tmp_path: Path) -> None:
    url, done = f"sqlite:///{tmp_path / 'queue.sqlite'}", []
    waking, working = open_queue(url, SECRET), open_queue(url, SECRET, lambda: done.append("worked"))
    waking.wake()
    working.huey.execute(working.huey.dequeue())
    assert done == ["worked"]
    for queue in (waking, working):
        queue.close()
