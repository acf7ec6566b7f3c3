"""A list's page with 10,000 candidates beside the same page with 100: asked of the whole application, turn by turn.

What is timed is a request from its begin to its last byte, in this process: permission, database, page. People are
copies of 40 who answered differently, with answers and scores of their own; in both openings scores may rank, and an
estimate of errors is on file. PostgreSQL runs on this machine, and its time counts in.

To repeat it: ``.venv/bin/python -m tests.benchmarks.lists sqlite 10000 40``
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import insert, select
from sqlmodel import col

from eiassess.config import Settings
from eiassess.persistence.migrations import upgrade_database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    ListedPartRecord,
    ListedScoreRecord,
    ScoreRecord,
)
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.services.differences.estimates import renew_estimates
from eiassess.services.hiring.openings import add_opening
from eiassess.services.identifiers import new_id
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.benchmarks.saves import p95
from tests.benchmarks.timing import answer, our_side, run
from tests.candidates import add_many
from tests.databases import PostgresServer
from tests.hiring_story import standard_form, switch_on, tell_story
from tests.web.people import Clock, sign_in

FEW, WARM_UP = 100, 2
ORIGINALS = 40
OF_A_SITTING = (ScoreRecord, ListedScoreRecord, ListedPartRecord, ItemResponseRecord)
STAGES = ("to_review", "interview", "not_taken")
PAGES = {
    "by number": "",
    "page 2": "?page=2",
    "by name": "?sort=name",
    "by state": "?sort=state",
    "by stage": "?sort=stage",
    "by day": "?sort=submitted",
    "by score": "?sort=score",
    "in bands": "?sort=band",
    "by an area": "?sort=part&part=service-judgement",
    "by a competency": "?sort=part&part=recovery",
    "by flag": "?sort=flag",
    "one stage": "?stage=interview",
    "one stage by score": "?stage=interview&sort=score",
    "scores of a range": "?least=60&most=90&sort=name",
    "a name": "?q=nora+1",
}


@dataclass(frozen=True)
class ListsCase:
    """Seconds of each page, request by request, with few and with many; by the clock and of this process alone."""

    many: int
    few_seconds: dict[str, list[float]]
    many_seconds: dict[str, list[float]]
    few_processor: dict[str, list[float]]
    many_processor: dict[str, list[float]]

    @property
    def all_pages(self) -> tuple[list[float], list[float]]:
        """All requests by the clock, with few and with many."""
        few, many = (
            [each for page in side.values() for each in page] for side in (self.few_seconds, self.many_seconds)
        )
        return few, many

    @property
    def ratio(self) -> float:
        """How many times as long the p95 of all pages is."""
        few, many = self.all_pages
        return p95(many) / p95(few)


def measure_lists(kind: str, many: int, turns: int) -> ListsCase:
    """Measure in a process of its own."""
    said = run(our_side("lists", kind, many, turns))
    said.pop("peak_megabytes")
    return ListsCase(many, **said)


def _measure(kind: str, many: str, turns: str) -> None:
    with _application(kind) as (installation, client):
        database = installation.database
        story = tell_story(database)
        other = add_opening(database, "Many", standard_form(), installation.clock(), members=["alice@example.org"])
        openings = {"few": story.opening, "many": other}
        for side, n in (("few", FEW), ("many", int(many))):
            fill(database, openings[side], n, installation)
        renew_estimates(database, installation.clock())
        _analyse(database)
        sign_in(client, "alice")
        answer(**_timed(client, openings, int(turns)))


def _timed(client: FlaskClient, openings: dict[str, str], turns: int) -> dict[str, dict[str, list[float]]]:
    found: dict[str, dict[str, list[float]]] = {
        f"{side}_{kind}": {name: [] for name in PAGES} for side in openings for kind in ("seconds", "processor")
    }
    for turn in range(turns + WARM_UP):
        for name, asked in PAGES.items():
            for side, opening in openings.items():
                begin, processor = time.perf_counter(), time.process_time()
                got = client.get(f"/openings/{opening}{asked}")
                times = {"seconds": time.perf_counter() - begin, "processor": time.process_time() - processor}
                if got.status_code != 200 or turn < WARM_UP:
                    assert got.status_code == 200, got.text
                    continue
                for kind, seconds in times.items():
                    found[f"{side}_{kind}"][name].append(seconds)
    return found


def fill(database: Database, opening: str, n: int, installation: Installation) -> None:
    """Give an opening n candidates: some who answered differently, and copies of them."""
    switch_on(database, opening, now=installation.clock())
    names = [f"Nora {place}" for place in range(min(n, ORIGINALS))]
    originals = add_many(database, opening, names, installation.clock(), handed_in=len(names))
    with database.writing() as db:
        rows = {table: _rows(db, table, originals) for table in OF_A_SITTING}
        sessions = {
            each["id"]: each for each in _of(db, AssessmentSessionRecord, col(AssessmentSessionRecord.id), originals)
        }
        people = [each["candidate_id"] for each in sessions.values()]
        candidates = {each["id"]: each for each in _of(db, CandidateRecord, col(CandidateRecord.id), people)}
        made: dict[Any, list[dict[str, Any]]] = {
            CandidateRecord: [],
            AssessmentSessionRecord: [],
            **{each: [] for each in OF_A_SITTING},
        }
        for number in range(len(originals) + 1, n + 1):
            session = sessions[originals[number % len(originals)]]
            _copy(made, session, candidates[session["candidate_id"]], rows, number)
        for table, new in made.items():
            for start in range(0, len(new), 5000):
                db.connection().execute(insert(table), new[start : start + 5000])


def _copy(
    made: dict[Any, list[dict[str, Any]]], session: dict[str, Any], person: dict[str, Any], rows: Any, number: int
) -> None:
    candidate, sitting, name = new_id(), new_id(), f"Nora {number}"
    as_found = {"name": name, "name_found_by": name.lower(), "email_key": None}
    made[CandidateRecord].append(person | as_found | {"id": candidate, "number": number})
    at = session["submitted_at"] + timedelta(minutes=number)
    new = {"id": sitting, "candidate_id": candidate, "number": number, "stage": STAGES[number % 3], "submitted_at": at}
    made[AssessmentSessionRecord].append(session | new)
    for table in OF_A_SITTING:
        for each in rows[table][session["id"]]:
            copied = each | {"session_id": sitting}
            copied |= {"number": number} if table in {ListedScoreRecord, ListedPartRecord} else {}
            made[table].append(copied | ({"id": new_id()} if "id" in each else {}))


def _rows(db: Any, table: Any, sessions: list[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in _of(db, table, col(table.session_id), sessions):
        found.setdefault(each["session_id"], []).append(each)
    return found


def _of(db: Any, table: Any, column: Any, names: list[str]) -> list[dict[str, Any]]:
    query = select(table.__table__).where(column.in_(names))
    return [dict(each) for each in db.connection().execute(query).mappings()]


def _analyse(database: Database) -> None:
    """Let PostgreSQL count its rows now, as it does by itself within a minute."""
    if database.url.startswith("postgresql"):
        with database.writing() as db:
            db.connection().exec_driver_sql("ANALYZE")


@contextmanager
def _application(kind: str) -> Iterator[tuple[Installation, FlaskClient]]:
    with tempfile.TemporaryDirectory() as folder, _database_url(kind, folder) as url:
        upgrade_database(url)
        settings = Settings(
            instance=Path(folder),
            database_url=url,
            base_url="http://localhost",
            bank_folders=(),
            contact="help@example.org",
        )
        database, renderer = Database(url), PdfRenderer()
        installation = Installation(settings, database, Clock(), renderer, secret_key="only for measuring")
        yield installation, create_app(installation).test_client()
        renderer.close()
        database.close()


@contextmanager
def _database_url(kind: str, folder: str) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/eiassess.sqlite"
        return
    server = PostgresServer()
    server.start()
    yield server.url(server.create())
    server.stop()


if __name__ == "__main__":
    _measure(*sys.argv[1:])
