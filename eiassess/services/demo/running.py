"""The demo's second opening, which is just running: people at every point of the way, and their mails.

It has a deadline that lies ahead, and a limit of eight hours from the first scenario on. So whoever began on an early
day is expired, or was handed in by the server, though the deadline is still to come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from eiassess.banks.catalog import LoadedForm
from eiassess.domain.deadlines import deadline_in
from eiassess.domain.mail_kinds import HANDED_IN
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
from eiassess.services.demo.mails import TAKEN, tell_mail
from eiassess.services.demo.names import NAMES
from eiassess.services.hiring.ends import times_of
from eiassess.services.hiring.invitations import VALID_DAYS
from eiassess.services.hiring.inviting import Invitee, add_candidates, issue_links, queue_invitations
from eiassess.services.hiring.opening_members import add_parts
from eiassess.services.hiring.opening_records import store_settings
from eiassess.services.hiring.openings import create_opening
from eiassess.services.identifiers import new_id
from eiassess.services.links import LinkMaker
from eiassess.services.progress.reminder_plans import add_reminder
from eiassess.services.sitting.handing_in import hand_in, queue_receipt

RUNNING_TITLE = "Ticket desk, evenings"
TEXT = (
    "You would answer guests who call or write in the evening about tickets that were lost, late or wrong.\n\n"
    "Please finish on the day on which you begin: from the first situation on you have eight hours."
)
ZONE = "Europe/Berlin"
DAYS_LEFT = 9
LIMIT_MINUTES = 480
REMINDED_DAYS_BEFORE = 3
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
    """

    days_ago: int
    points: tuple[Point, ...]


WAVES = (
    Wave(16, (Point.HANDED_IN,) * 8 + (Point.HANDED_IN_FOR_THEM,) * 2 + (Point.EXPIRED,) * 3),
    Wave(
        5,
        (Point.HANDED_IN,) * 9
        + (Point.STARTED,) * 7
        + (Point.AGREED,) * 6
        + (Point.BOUNCED, Point.REFUSED, Point.WITHDREW, Point.WITHDRAWN)
        + (Point.INVITED,) * 15,
    ),
    Wave(0, (Point.INVITED,) * 6),
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
            begins = _begins(points[number], number, invited[number], now)
            _move_along(db, session, points[number], plan, people, number=number, begins=begins)
        _ask(db, sessions[points.index(Point.AGREED)], now)
        return opening.id


def _make_opening(
    db: Session, loaded: LoadedForm, now: datetime, members: Sequence[str], contact: str
) -> OpeningRecord:
    made = now - timedelta(days=17)
    opening_id = create_opening(db, RUNNING_TITLE, loaded, made, members=members, simulated=True)
    opening = db.get_one(OpeningRecord, opening_id)
    last_day = (now.astimezone(ZoneInfo(ZONE)) + timedelta(days=DAYS_LEFT)).date()
    settings = OpeningSettings(
        RUNNING_TITLE,
        TEXT,
        deadline=deadline_in(ZONE, last_day, time(17)),
        contact="Robin Recruiter, room 12",
        time_limit_minutes=LIMIT_MINUTES,
    )
    store_settings(db, opening, settings)
    add_reminder(db, opening, REMINDED_DAYS_BEFORE, made)
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
    issue_links(db, links, sessions, then, VALID_DAYS)
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
        _tell(db, mail, points[mail.session_id or ""], then + timedelta(seconds=2 * number))


def _tell(db: Session, mail: MessageRecord, point: Point, at: datetime) -> None:
    state = {Point.BOUNCED: MailState.BOUNCED, Point.REFUSED: MailState.REFUSED}.get(point, MailState.SENT)
    tell_mail(db, mail, at, state, WORDS.get(point, TAKEN))


def _send_receipt(db: Session, session: AssessmentSessionRecord, point: Point, at: datetime) -> None:
    """Send somebody word that their answers are handed in."""
    queue_receipt(db, session, at)
    receipt = select(MessageRecord).where(MessageRecord.session_id == session.id, MessageRecord.kind == HANDED_IN.name)
    _tell(db, db.exec(receipt).one(), point, at + timedelta(seconds=20))


def _begins(point: Point, number: int, invited: datetime, now: datetime) -> datetime:
    """Say when a person begins: within the last hours who is at it, since the limit ends it."""
    if point is Point.STARTED:
        return now - timedelta(minutes=30 + 11 * (number % 7))
    return invited + timedelta(hours=3 + 2 * (number % 20))


def _move_along(
    db: Session,
    session: AssessmentSessionRecord,
    point: Point,
    plan: ScoringPlan,
    people: SimulatedPeople,
    *,
    number: int,
    begins: datetime,
) -> None:
    """Let a person have come as far as their point says."""
    if point is Point.WITHDREW or point is Point.WITHDRAWN:
        session.withdrawn_at = begins
        session.withdrawn_by = (WithdrawnBy.CANDIDATE if point is Point.WITHDREW else WithdrawnBy.RECRUITER).value
    if point is Point.AGREED or point is Point.STARTED or point in ANSWERED:
        session.notice_digest = notice_for(db, session).digest
        session.consented_at = begins
    if point is Point.STARTED or point in ANSWERED:
        _answer(db, session, point, plan, people, number=number, begins=begins)
    if point is Point.HANDED_IN_FOR_THEM:
        hand_in(db, session, times_of(db, session).ends_at, HandedInBy.SERVER)
    if session.submitted_at is not None:
        _send_receipt(db, session, point, session.submitted_at)
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
