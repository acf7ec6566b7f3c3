"""The demo's second opening, which is just running: people at every point of the way, and their mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from sqlmodel import Session, col, select

from eiassess.banks.catalog import LoadedForm
from eiassess.domain.mail_states import MailState
from eiassess.domain.openings import MemberPart, OpeningSettings
from eiassess.domain.requests import AdjustmentKind
from eiassess.domain.sessions import HandedInBy, SessionState, WithdrawnBy
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AdjustmentRequestRecord,
    AssessmentSessionRecord,
    MessageRecord,
    OpeningRecord,
    UserRecord,
)
from eiassess.scoring.person.plan import ScoringPlan, scoring_plan
from eiassess.scoring.simulating import SimulatedPeople, simulate_people
from eiassess.services.deciding.notices import notice_for
from eiassess.services.demo.answering import answer_as
from eiassess.services.demo.names import NAMES
from eiassess.services.hiring.inviting import Invitee, add_candidates, issue_links, queue_invitations
from eiassess.services.hiring.opening_members import add_parts
from eiassess.services.hiring.opening_records import store_settings
from eiassess.services.hiring.openings import create_opening
from eiassess.services.identifiers import new_id
from eiassess.services.links import LinkMaker
from eiassess.services.sitting.handing_in import hand_in

RUNNING_TITLE = "Ticket desk, evenings"
TEXT = "You would answer guests who call or write in the evening about tickets that were lost, late or wrong."
SEED = 2027


class Point(Enum):
    """Where on the way a simulated person is."""

    HANDED_IN = auto()
    HANDED_IN_FOR_THEM = auto()
    STARTED = auto()
    AGREED = auto()
    INVITED = auto()
    BOUNCED = auto()
    REFUSED = auto()
    EXPIRED = auto()
    WITHDREW = auto()
    WITHDRAWN = auto()


@dataclass(frozen=True)
class Wave:
    """People who were invited together, by where they are now.

    Parameters
    ----------
    days_ago
        When they were invited; 0 is just now, so that their mails still wait.
    valid_days
        For how long they had or have time.
    """

    days_ago: int
    valid_days: int
    points: tuple[Point, ...]


WAVES = (
    Wave(16, 14, (Point.HANDED_IN,) * 8 + (Point.HANDED_IN_FOR_THEM,) * 2 + (Point.EXPIRED,) * 3),
    Wave(
        5,
        30,
        (Point.HANDED_IN,) * 9
        + (Point.STARTED,) * 7
        + (Point.AGREED,) * 6
        + (Point.BOUNCED, Point.REFUSED, Point.WITHDREW, Point.WITHDRAWN)
        + (Point.INVITED,) * 15,
    ),
    Wave(0, 30, (Point.INVITED,) * 6),
)
"""Sixty people."""

ANSWERED = {Point.HANDED_IN: 1.0, Point.HANDED_IN_FOR_THEM: 0.9, Point.EXPIRED: 0.3}
WORDS = {
    Point.BOUNCED: "550 5.1.1 The mailbox does not exist",
    Point.REFUSED: "550 5.7.1 This server takes no mail from yours",
}


def make_running(
    database: Database, links: LinkMaker, loaded: LoadedForm, now: datetime, *, members: Sequence[str], contact: str
) -> str:
    """Make the opening with all its people, or, if that is interrupted, nothing; return its id."""
    points = [point for wave in WAVES for point in wave.points]
    invited = [now - timedelta(days=wave.days_ago) for wave in WAVES for _ in wave.points]
    plan = scoring_plan(loaded.form, loaded.key)
    people = simulate_people(plan, len(points), SEED)
    with database.writing() as db:
        opening = _make_opening(db, loaded, now, members, contact)
        sessions = [session for wave in WAVES for session in _invite(db, links, opening, wave, now)]
        for number, session in enumerate(sessions):
            _move_along(db, session, points[number], plan, people, number=number, invited=invited[number])
        _ask(db, sessions[points.index(Point.AGREED)], now)
        return opening.id


def _make_opening(
    db: Session, loaded: LoadedForm, now: datetime, members: Sequence[str], contact: str
) -> OpeningRecord:
    made = now - timedelta(days=17)
    opening_id = create_opening(db, RUNNING_TITLE, loaded, made, members=members, simulated=True)
    opening = db.get_one(OpeningRecord, opening_id)
    store_settings(db, opening, OpeningSettings(RUNNING_TITLE, TEXT, contact="Robin Recruiter, room 12"))
    reader = db.exec(select(UserRecord).where(UserRecord.email == contact)).one()
    add_parts(db, opening_id, reader, [MemberPart.ADJUSTMENTS])
    return opening


def _invite(
    db: Session, links: LinkMaker, opening: OpeningRecord, wave: Wave, now: datetime
) -> list[AssessmentSessionRecord]:
    """Invite a wave as a recruiter does; the mails of earlier days are sent."""
    then = now - timedelta(days=wave.days_ago)
    first = sum(len(each.points) for each in WAVES[: WAVES.index(wave)])
    people = [Invitee(_name(first + n), f"runs-{first + n + 1:02}@demo.example.org") for n in range(len(wave.points))]
    sessions = add_candidates(db, opening, people, then, simulated=True)
    issue_links(db, links, sessions, then, wave.valid_days)
    queue_invitations(db, opening.id, people, sessions, then)
    if wave.days_ago:
        _send(db, dict(zip(sessions, wave.points, strict=True)), then)
    records = {each.id: each for each in db.exec(_of(sessions))}
    return [records[each] for each in sessions]


def _of(sessions: Sequence[str]):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLModel's own, long
    return select(AssessmentSessionRecord).where(col(AssessmentSessionRecord.id).in_(sessions))


def _name(number: int) -> str:
    """Make a name that nobody in the other opening has: one person's first name with another's last."""
    given, family = NAMES[number % len(NAMES)], NAMES[(number * 7 + 3 + 2 * (number // len(NAMES))) % len(NAMES)]
    return f"{given.partition(' ')[0]} {family.rpartition(' ')[2]}"


def _send(db: Session, points: dict[str, Point], then: datetime) -> None:
    """Tell the mails of a wave what became of them."""
    mails = db.exec(select(MessageRecord).where(col(MessageRecord.session_id).in_(points))).all()
    for number, mail in enumerate(mails):
        point = points[mail.session_id or ""]
        state = {Point.BOUNCED: MailState.BOUNCED, Point.REFUSED: MailState.REFUSED}.get(point, MailState.SENT)
        mail.state, mail.tries, mail.words = state.value, 1, WORDS.get(point, "250 2.0.0 taken")
        mail.message_id = f"<{mail.id}@demo.example.org>"
        mail.sent_at = None if state is MailState.REFUSED else then + timedelta(seconds=2 * number)
        db.add(mail)


def _move_along(
    db: Session,
    session: AssessmentSessionRecord,
    point: Point,
    plan: ScoringPlan,
    people: SimulatedPeople,
    *,
    number: int,
    invited: datetime,
) -> None:
    """Let a person have come as far as their point says."""
    begins = invited + timedelta(hours=3 + 2 * (number % 20))
    if point is Point.WITHDREW or point is Point.WITHDRAWN:
        session.withdrawn_at = begins
        session.withdrawn_by = (WithdrawnBy.CANDIDATE if point is Point.WITHDREW else WithdrawnBy.RECRUITER).value
    if point is Point.AGREED or point is Point.STARTED or point in ANSWERED:
        session.notice_digest = notice_for(db, session).digest
        session.consented_at = begins
    if point is Point.STARTED or point in ANSWERED:
        _answer(db, session, point, plan, people, number=number, begins=begins)
    if point is Point.HANDED_IN_FOR_THEM:
        hand_in(db, session, invited + timedelta(days=WAVES[0].valid_days), HandedInBy.SERVER)
    db.add(session)


def _answer(
    db: Session,
    session: AssessmentSessionRecord,
    point: Point,
    plan: ScoringPlan,
    people: SimulatedPeople,
    *,
    number: int,
    begins: datetime,
) -> None:
    """Let a person have answered as many scenarios as their point says, and have handed in if it says so."""
    session.state, session.practised_at = SessionState.STARTED, begins + timedelta(minutes=2)
    share = ANSWERED.get(point, 0.2 + 0.1 * (number % 7))
    n_scenarios = round(share * len(plan.form.scenarios))
    ended = answer_as(db, session, plan, people.answers[number], session.practised_at, n_scenarios=n_scenarios)
    session.clock_at = ended
    if point is Point.HANDED_IN:
        hand_in(db, session, ended)


def _ask(db: Session, session: AssessmentSessionRecord, now: datetime) -> None:
    """Let somebody wait for an answer of the contact for adjustments."""
    db.add(
        AdjustmentRequestRecord(
            id=new_id(),
            session_id=session.id,
            kind=AdjustmentKind.OTHER_FORMAT.value,
            words="Could I have the situations read to me on the phone?",
            asked_at=now - timedelta(hours=20),
            for_contact=True,
        )
    )
