"""After erasing and after the days are over, nobody is found in any byte: files, tables, mails, jobs, exports, logs.

A real server with its worker serves, sends mails, and is asked for pages and downloads, then erases.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import psycopg
import pytest
from sqlalchemy import update

from eiassess.domain.mail_kinds import HANDED_IN
from eiassess.domain.requests import AdjustmentKind, QuestionKind
from eiassess.people_lists.reading import text_sheets
from eiassess.persistence.tables import AssessmentSessionRecord
from eiassess.services import Database
from eiassess.services.adjustments.asking import ask_adjustment
from eiassess.services.deciding.notes import write_note
from eiassess.services.hiring.invitation_lists import stage_list
from eiassess.services.hiring.openings import KEEP_DAYS
from eiassess.services.outbox.queueing import MailOrder, queue_mail
from eiassess.services.own_page.experience import complain_of_scenario, rate_experience
from eiassess.services.own_page.questions import answer_question, ask_people, list_questions
from tests.databases import free_port
from tests.hiring_story import PASSWORD, Invited, Story, after, rows
from tests.mail_host import MailHost
from tests.web.people import token_in
from tests.worker_process import environment

ERASED, OVER = "Quillfeather", "Xanthorrhoea"
WORDS = ("wombat-note", "wombat-call", "wombat-question", "wombat-answer", "wombat-line", "wombat-scenario")
"""Free words about each, with their name put before."""
PATIENCE = 120
KEPT = timedelta(days=KEEP_DAYS)


class Browser:
    """Somebody's browser, with its cookies."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        return self._open(path, None)

    def post(self, path: str, page: str, **fields: str) -> str:
        return self._open(path, urlencode({"csrf_token": token_in(self.get(page)), **fields}).encode())

    def _open(self, path: str, body: bytes | None) -> str:
        with self._opener.open(f"{self._address}{path}", body, timeout=PATIENCE) as answer:
            return answer.read().decode("utf-8", "replace")


@contextmanager
def serving(settings: Mapping[str, str], port: int, log: Path) -> Iterator[None]:
    words = [sys.executable, "-m", "eiassess", "serve", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(words, env=dict(settings), stdout=output, stderr=output)
        try:
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE)


def until(what: object) -> None:
    """Wait for something of the server's, which has its own pace."""
    end = time.monotonic() + PATIENCE
    while not what():  # type: ignore[operator]  # a function
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


def answers(address: str) -> bool:
    try:
        return bool(Browser(address).get("/sign-in"))
    except (URLError, ConnectionError):
        return False


def written_about(story: Story, name: str, now: datetime, handed_in: datetime) -> Invited:
    """Somebody with everything that can be written by them and about them."""
    found = story.begun(name)
    ask_adjustment(story.database, found.invitation_id, AdjustmentKind.CALL, f"{name} wombat-call", after(minutes=1))
    found.answer_all((6, 2, 1, 5, 3, 4))
    story.hand_in(found)
    write_note(story.database, story.alice, found.session_id, f"{name} wombat-note", now)
    ask_people(story.database, found.invitation_id, QuestionKind.EXPLAIN, f"{name} wombat-question", now)
    for question in list_questions(story.database, story.alice, story.opening):
        if question.question.answer is None:
            answer_question(story.database, story.alice, question.id, f"{name} wombat-answer", now)
    rate_experience(story.database, found.invitation_id, 4, f"{name} wombat-line", now)
    complain_of_scenario(story.database, found.invitation_id, 2, f"{name} wombat-scenario", now)
    people = f"name,email\n{name},{name.lower()}@example.org\nOther,other@example.org\n"
    stage_list(story.database, story.alice, story.opening, text_sheets(people), f"{name}.csv", now)
    with story.database.writing() as db:
        session = AssessmentSessionRecord
        db.execute(update(session).where(session.id == found.session_id).values(submitted_at=handed_in))
        who = MailOrder(name, f"{name.lower()}@example.org", opening_id=story.opening, session_id=found.session_id)
        queue_mail(db, HANDED_IN, who, now)
    return found


def stored_bytes(database: Database, folder: Path) -> bytes:
    """All that the database holds, as bytes: SQLite's files with their logs, and all of PostgreSQL's tables.

    Another process reads them: whoever closes a file of SQLite drops all locks that their process holds on it.
    """
    names = [str(each) for each in sorted(folder.rglob("*")) if each.is_file()]
    files = subprocess.run(["cat", *names], check=False, capture_output=True).stdout
    if database.url.startswith("sqlite"):
        return files
    dump = subprocess.run(["pg_dump", "--inserts", database.url], check=True, capture_output=True).stdout
    return files + dump


def written_anew(database: Database) -> bytes:
    """The pages of PostgreSQL's files after they were written anew, as the guide says; nothing of SQLite."""
    if database.url.startswith("sqlite"):
        return b""
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("VACUUM FULL")
        connection.execute("CHECKPOINT")
        found = connection.execute(
            "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    assert found
    pages = b"".join(each.read_bytes() for each in Path(found[0]).iterdir())
    assert b"Not as good as [erased]" in pages
    return pages


def traces(found: bytes, *names: str) -> list[str]:
    return [each for name in names for each in (name, name.lower()) if each.encode() in found]


def test_nobody_who_is_gone_is_found_in_any_byte(story: Story, host: MailHost, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    port, log = free_port(), tmp_path / "serve.log"
    address = f"http://127.0.0.1:{port}"
    gone = written_about(story, ERASED, now, now - timedelta(days=1))
    over = written_about(story, OVER, now, now - timedelta(days=2))
    robin = story.submitted("Robin")
    with story.database.writing() as db:
        session = AssessmentSessionRecord
        db.execute(update(session).where(session.id == robin.session_id).values(submitted_at=now))
    write_note(story.database, story.alice, robin.session_id, f"Not as good as {ERASED}, nor {OVER}.", now)
    settings = environment(story, host, tmp_path) | {"EIASSESS_BASE_URL": address, "PYTHONUNBUFFERED": "1"}
    settings["EIASSESS_BACKUPS"] = str(tmp_path / "backups")
    (tmp_path / "backups").mkdir()
    assert set(traces(stored_bytes(story.database, tmp_path), ERASED, OVER)) == {
        ERASED, OVER, ERASED.lower(), OVER.lower(),
    }  # fmt: skip
    with serving(settings, port, log):
        until(lambda: answers(address))
        alice = Browser(address)
        alice.post("/sign-in", "/sign-in", email="alice@example.org", password=PASSWORD)
        until(lambda: {f"{ERASED.lower()}@example.org", f"{OVER.lower()}@example.org"} <= set(host.recipients))
        for path in (f"/candidates/{gone.session_id}/data", f"/openings/{story.opening}?q={ERASED}"):
            assert ERASED in alice.get(path)
        alice.post(
            f"/candidates/{gone.session_id}/erase", f"/candidates/{gone.session_id}/erase", number="1", why="asked"
        )
        with story.database.writing() as db:
            db.execute(update(session).where(session.id == over.session_id).values(submitted_at=now - KEPT))
        subprocess.run([sys.executable, "-m", "eiassess", "db", "delete-expired"], env=settings, check=True)
        for path in (
            f"/openings/{story.opening}",
            f"/openings/{story.opening}/mail",
            f"/openings/{story.opening}/asked",
        ):
            assert traces(alice.get(path).encode(), ERASED, OVER) == []
        export = [sys.executable, "-m", "eiassess", "opening", "export", story.opening, "--what", "scores"]
        told = subprocess.run(export, env=settings, check=True, capture_output=True)
        assert len(told.stdout.splitlines()) == 2, "Robin alone is left"
        assert traces(told.stdout + told.stderr, ERASED, OVER) == []
        with pytest.raises(HTTPError, match="404"):
            alice.get(f"/candidates/{gone.session_id}/data")
        until(lambda: not traces(stored_bytes(story.database, tmp_path), ERASED, OVER, *WORDS))
    found = stored_bytes(story.database, tmp_path)
    assert traces(found, ERASED, OVER, *WORDS) == [], "nor when the server has ended"
    about = {row["object_id"] for row in rows(story.database, "audit_entry")}
    assert gone.session_id in about, "the audit keeps that somebody was erased, by an id that leads nowhere"
    assert traces(written_anew(story.database), ERASED, OVER, *WORDS) == []
    assert b"Not as good as [erased], nor [erased]." in found
    assert len(rows(story.database, "erasure_receipt")) == 2
    assert len((tmp_path / "backups" / "erased.txt").read_text().split()) == 2
