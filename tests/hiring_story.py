"""A company that hires, made through the services.

Alice recruits, bob recruits beside her, dana manages; charlie recruits for another opening; casey is a candidate.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Barrier
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlmodel import select

from eiassess._resources import data_folder
from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.domain.roles import Role
from eiassess.domain.uses import UseChoice
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord, UserRecord
from eiassess.services import Database
from eiassess.services.deciding.uses import add_choice
from eiassess.services.hiring.invitations import invite_candidate, open_invitation
from eiassess.services.hiring.openings import add_opening
from eiassess.services.links import LinkMaker
from eiassess.services.people.accounts import Account, add_user
from eiassess.services.sitting.answers import record_consent, record_practice, save_response
from eiassess.services.sitting.handing_in import add_score, submit_session

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
LINKS = LinkMaker("a secret for tests alone, long enough to be one", "https://hiring.example.org")
T = TypeVar("T")


def after(**what: float) -> datetime:
    """Return a time after noon of the day when everything begins."""
    return NOON + timedelta(**what)


@cache
def standard_form() -> LoadedForm:
    return load_form("screening", (data_folder("question_banks"),))


@dataclass
class Story:
    """Two openings with their people."""

    database: Database
    opening: str
    other_opening: str
    people: dict[str, Account] = field(default_factory=dict)

    @property
    def alice(self) -> str:
        return self.people["alice"].id

    @property
    def bob(self) -> str:
        return self.people["bob"].id

    @property
    def charlie(self) -> str:
        return self.people["charlie"].id

    @property
    def dana(self) -> str:
        return self.people["dana"].id

    def invite(self, name: str = "Casey", *, opening: str | None = None, now: datetime = NOON) -> "Invited":
        issued = invite_candidate(
            self.database, LINKS, opening or self.opening, name, f"{name.lower()}@example.org", now
        )
        return Invited(self.database, issued.session_id, issued.token, open_invitation(self.database, issued.token))

    def begun(self, name: str = "Casey", **where: str) -> "Invited":
        """Invite somebody who agreed and saw the practice scenario."""
        invited = self.invite(name, **where)  # type: ignore[arg-type]  # an opening at most
        record_consent(self.database, invited.invitation_id, NOON)
        record_practice(self.database, invited.invitation_id, NOON)
        return invited

    def submitted(self, name: str = "Casey", ratings: Sequence[int] | None = None, **where: str) -> "Invited":
        """Invite somebody who answered everything and handed in."""
        invited = self.begun(name, **where)
        invited.answer_all(ratings or VARIED)
        self.hand_in(invited)
        return invited

    def hand_in(self, invited: "Invited") -> None:
        submit_session(self.database, invited.invitation_id, after(hours=1))

    def score_again(self, invited: "Invited", now: datetime) -> None:
        """Add another score of the same answers, as of an engine that came later."""
        with self.database.writing() as db:
            add_score(db, db.get_one(AssessmentSessionRecord, invited.session_id, with_for_update=True), now)


def switch_on(database: Database, opening_id: str, user_id: str | None = None, now: datetime = NOON) -> None:
    """Let an opening's list be sorted by score, whoever was invited before: a test's shortcut past the page."""
    with database.writing() as db:
        opening = db.get_one(OpeningRecord, opening_id)
        answers = user_id or db.exec(select(UserRecord.id)).first()
        assert answers
        standing = UseChoice(
            allowed=True, person="Alice", reason="We tried it.", recorded_by="", at=now, notice="Told."
        )
        add_choice(db, opening, answers, standing)


VARIED = (6, 2, 1, 5, 3, 4, 1, 6, 2, 5)
"""Ratings that differ, taken round and round: enough to be scored."""


@dataclass(frozen=True)
class Invited:
    """A candidate with an open link."""

    database: Database
    session_id: str
    token: str
    invitation_id: str

    def save(self, scenario: str, ratings: Mapping[str, int], seen: int = 0, *, now: datetime | None = None) -> int:
        """Save and return the revision."""
        return save_response(
            self.database, self.invitation_id, scenario, ratings, seen, now or after(minutes=1)
        ).revision

    def answer_all(self, ratings: Sequence[int], n_scenarios: int | None = None) -> None:
        values = iter(list(ratings) * 20)
        for number, scenario in enumerate(standard_form().form.scenarios[:n_scenarios]):
            self.save(
                scenario.id, {option: next(values) for option in scenario.option_ids}, now=after(minutes=number + 1)
            )


def tell_story(database: Database) -> Story:
    """Add alice, bob, charlie and dana with their openings."""
    roles = {"alice": Role.RECRUITER, "bob": Role.RECRUITER, "charlie": Role.RECRUITER, "dana": Role.MANAGER}
    people = {
        name: add_user(database, f"{name}@example.org", name.title(), role, PASSWORD, NOON)
        for name, role in roles.items()
    }
    opening = add_opening(
        database,
        "Customer service adviser",
        standard_form(),
        NOON,
        members=[f"{name}@example.org" for name in ("alice", "bob", "dana")],
    )
    other = add_opening(database, "Night shift", standard_form(), NOON, members=["charlie@example.org"])
    return Story(database, opening, other, people)


def at_once(n: int, work: Callable[[int], T]) -> list[T | Exception]:
    """Run work n times, begun at the same moment in threads; an exception is a result too."""
    barrier = Barrier(n)

    def run(number: int) -> Any:
        barrier.wait(10)
        try:
            return work(number)
        except Exception as error:  # noqa: BLE001 - what it was is for the test to say
            return error

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(run, range(n)))


def rows(database: Database, table: str) -> list[dict[str, Any]]:
    """Return all rows of a table as they are stored."""
    with database.reading() as db:
        found = db.connection().exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608 - a table's name from a test
        return [dict(row) for row in found.mappings()]


def tables(database: Database) -> list[str]:
    """Name all tables that there really are."""

    with database.reading() as db:
        return sorted(inspect(db.connection()).get_table_names())


def everything_stored(database: Database, *, but: Collection[str] = ()) -> str:
    """Return all values of all columns of all tables, but of those left out."""
    read = [table for table in tables(database) if table not in but]
    return "\n".join(str(value) for table in read for row in rows(database, table) for value in row.values())
