"""The demo: four openings whose candidates are simulated, and say so everywhere; one is running, one asks of work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.banks.catalog import LoadedForm
from eiassess.domain.releases import USUAL
from eiassess.domain.roles import Role
from eiassess.domain.sessions import SessionState
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    KeyingPanelRecord,
    OpeningRecord,
    UserRecord,
)
from eiassess.scoring.person.plan import ScoringPlan, scoring_plan
from eiassess.scoring.simulating import PersonKind, SimulatedPeople, simulate_people
from eiassess.services.content.pinning import get_pinned
from eiassess.services.deciding.notices import notice_for
from eiassess.services.deciding.uses import record_use
from eiassess.services.demo.answering import answer_as, scale_misread
from eiassess.services.demo.asking import ASKING_TITLE, make_asking
from eiassess.services.demo.deciding import decide_some
from eiassess.services.demo.fairness import USUAL_ODDS, answer_some, ask_usual
from eiassess.services.demo.interviews import interview_some
from eiassess.services.demo.names import NAMES
from eiassess.services.demo.outcomes import rate_some
from eiassess.services.demo.panel import simulate_panel
from eiassess.services.demo.parallel import PARALLEL_TITLE, make_parallel
from eiassess.services.demo.profile import ask_of_job, try_quiet_desk
from eiassess.services.demo.running import RUNNING_TITLE, make_running
from eiassess.services.demo.sharing import Sharers, share_some
from eiassess.services.differences.estimates import renew_estimates
from eiassess.services.hiring.invitations import IssuedInvitation, add_candidate, invite_candidate, replace_invitation
from eiassess.services.hiring.openings import create_opening
from eiassess.services.hiring.releases import add_release
from eiassess.services.identifiers import new_token
from eiassess.services.links import LinkMaker
from eiassess.services.people.accounts import add_user, find_account, set_password
from eiassess.services.sitting.handing_in import hand_in

SEED = 2026
OPENING_TITLE = "Customer service adviser"
RECRUITER = ("recruiter@demo.example.org", "Robin Recruiter")
MANAGER = ("manager@demo.example.org", "Morgan Manager")
ANALYST = ("analyst@demo.example.org", "Avery Analyst")
CONTACT = ("contact@demo.example.org", "Kim Contact")
ADMINISTRATOR = ("admin@demo.example.org", "Ash Administrator")
WHY_IN_ORDER = "Made up for this demo, to show a list that scores may put in order."
PANEL_TITLE = "Ten experts on the demo's form"
VISITOR = ("you@demo.example.org", "You")
CARELESS_SHARE = 1 / 40
RELEASED, RELEASED_DAYS_AGO = 5, 7
UNEVEN, PAGES_MISREAD = 12, 6
"""Whose first pages are the other way round, so that somebody is drawn and not compared."""


@dataclass(frozen=True)
class DemoAccess:
    """How to get into a demo that has just been started: fresh each time."""

    invitation: IssuedInvitation
    recruiter: tuple[str, str]
    manager: tuple[str, str]
    analyst: tuple[str, str]
    contact: tuple[str, str]
    opening_id: str
    running_id: str
    parallel_id: str
    asking_id: str
    panel_id: str
    administrator: tuple[str, str]


def prepare_demo(
    database: Database, links: LinkMaker, loaded: LoadedForm, parallel: LoadedForm, short: LoadedForm, now: datetime
) -> DemoAccess:
    """Make the demo's content if it is not there, and fresh sign-ins and a fresh link in any case.

    Parameters
    ----------
    loaded, parallel, short
        The forms of the opening that is done, of the one that sat the other halves of its flip pairs, and of the two
        at the ticket desk: the one that is running, and the one that asks how those work who were hired.
    """
    recruiter = _fresh_sign_in(database, RECRUITER, Role.RECRUITER, now)
    manager = _fresh_sign_in(database, MANAGER, Role.MANAGER, now)
    analyst = _fresh_sign_in(database, ANALYST, Role.ANALYST, now)
    contact = _fresh_sign_in(database, CONTACT, Role.RECRUITER, now)
    administrator = _fresh_sign_in(database, ADMINISTRATOR, Role.ADMINISTRATOR, now)
    opening_id = _find_opening(database, OPENING_TITLE) or _make_opening(database, links, loaded, now)
    running_id = _find_opening(database, RUNNING_TITLE) or make_running(
        database, links, short, now, members=(RECRUITER[0],), contact=CONTACT[0]
    )
    parallel_id = _find_opening(database, PARALLEL_TITLE) or make_parallel(database, parallel, now, RECRUITER[0])
    asking_id = _find_opening(database, ASKING_TITLE) or make_asking(database, short, now, RECRUITER[0])
    renew_estimates(database, now)
    panel_id = _find_panel(database) or _make_panel(database, opening_id, now)
    invitation = _fresh_invitation(database, links, opening_id, now)
    return DemoAccess(
        invitation=invitation,
        recruiter=recruiter,
        manager=manager,
        analyst=analyst,
        contact=contact,
        opening_id=opening_id,
        running_id=running_id,
        parallel_id=parallel_id,
        asking_id=asking_id,
        panel_id=panel_id,
        administrator=administrator,
    )


def _fresh_sign_in(database: Database, person: tuple[str, str], role: Role, now: datetime) -> tuple[str, str]:
    email, name = person
    password = new_token()[:16]
    if find_account(database, email) is None:
        add_user(database, email, name, role, password, now)
    else:
        set_password(database, email, password)
    return email, password


def _find_opening(database: Database, title: str) -> str | None:
    """Return an opening of the demo; it is there only once all its candidates are, since they are made in one go."""
    made = select(OpeningRecord).join(CandidateRecord).where(OpeningRecord.simulated, OpeningRecord.title == title)
    with database.reading() as db:
        opening = db.exec(made.order_by(col(OpeningRecord.created_at))).first()
        return opening.id if opening else None


def _find_panel(database: Database) -> str | None:
    """Return the demo's panel, which is made in one go with all its experts; a visitor's own come later."""
    with database.reading() as db:
        panel = db.exec(select(KeyingPanelRecord).order_by(col(KeyingPanelRecord.created_at))).first()
        return panel.id if panel else None


def _make_panel(database: Database, opening_id: str, now: datetime) -> str:
    """Let simulated experts rate the form that the opening's candidates sit, also where its files changed since."""
    with database.reading() as db:
        opening = db.get_one(OpeningRecord, opening_id)
        loaded = get_pinned(db, opening.form_digest, opening.key_digest, opening.bank_digest)
        analyst = db.exec(select(UserRecord).where(UserRecord.email == ANALYST[0])).one().id
    return simulate_panel(database, analyst, PANEL_TITLE, loaded, now)


def _fresh_invitation(database: Database, links: LinkMaker, opening_id: str, now: datetime) -> IssuedInvitation:
    """Give the visitor a link: to the session begun before, or to a new one if that was handed in."""
    query = select(AssessmentSessionRecord).join(CandidateRecord).order_by(col(CandidateRecord.number))
    visits = query.where(CandidateRecord.opening_id == opening_id, CandidateRecord.name == VISITOR[1])
    with database.reading() as db:
        sessions = db.exec(visits).all()
    for begun in sessions:
        if begun.state != SessionState.SUBMITTED:
            return replace_invitation(database, links, begun.id, now)
    # one person sits an opening once, so each further visit is another person's
    local, _, domain = VISITOR[0].partition("@")
    email = f"{local}+{len(sessions) + 1}@{domain}" if sessions else VISITOR[0]
    return invite_candidate(database, links, opening_id, VISITOR[1], email, now)


def _make_opening(database: Database, links: LinkMaker, loaded: LoadedForm, now: datetime) -> str:
    """Make the opening with all its candidates, or, if that is interrupted, nothing."""
    plan = scoring_plan(loaded.form, loaded.key)
    people = simulate_people(plan, len(NAMES), SEED, careless=CARELESS_SHARE)
    with database.writing() as db:
        members = (RECRUITER[0], MANAGER[0])
        opening_id = create_opening(db, OPENING_TITLE, loaded, now, members=members, simulated=True)
        _switch_on(db, opening_id, now)
        ask_of_job(db, opening_id)
        try_quiet_desk(db, opening_id, RECRUITER[0], now)
        ask_usual(db, opening_id, RECRUITER[0], now)
        for number in range(len(NAMES)):
            _add_simulated(db, opening_id, plan, people, number, now)
        _release_some(db, opening_id, now - timedelta(days=RELEASED_DAYS_AGO))
        share_some(db, links, opening_id, Sharers(RECRUITER[0], MANAGER[0]), now)
        decide_some(db, opening_id, RECRUITER[0], now)
        interview_some(db, opening_id, RECRUITER[0], MANAGER[0], now)
        rate_some(db, opening_id, now)
        answer_some(db, opening_id, USUAL_ODDS, now)
    return opening_id


def _switch_on(db: Session, opening_id: str, now: datetime) -> None:
    """Let this opening's list be sorted by score; the other's stands by name or date."""
    recruiter = db.exec(select(UserRecord).where(UserRecord.email == RECRUITER[0])).one()
    record_use(db, db.get_one(OpeningRecord, opening_id), recruiter.id, recruiter.name, WHY_IN_ORDER, now)


def _add_simulated(
    db: Session, opening_id: str, plan: ScoringPlan, people: SimulatedPeople, number: int, now: datetime
) -> None:
    """Add a simulated candidate; the last one has come half-way."""
    began = now - timedelta(days=9) + timedelta(hours=5 * number)
    email = f"simulated-{number + 1:02}@demo.example.org"
    session = add_candidate(db, opening_id, NAMES[number], email, began - timedelta(days=1), simulated=True)
    session.state = SessionState.STARTED
    session.notice_digest = notice_for(db, session).digest
    session.consented_at = session.practised_at = began
    careless = people.kinds[number] is PersonKind.CARELESS
    half = len(plan.form.scenarios) // 2 if number == len(NAMES) - 1 else None
    given = people.answers[number]
    if number == UNEVEN:
        given = scale_misread(plan, given, PAGES_MISREAD)
    ended = answer_as(db, session, plan, given, began, careless=careless, n_scenarios=half)
    session.clock_at = ended
    if number < len(NAMES) - 1:
        hand_in(db, session, ended)
    db.add(session)


def _release_some(db: Session, opening_id: str, now: datetime) -> None:
    """Release the first few to the hiring manager, as a recruiter would have done."""
    recruiter = db.exec(select(UserRecord).where(UserRecord.email == RECRUITER[0])).one()
    query = (
        select(AssessmentSessionRecord)
        .join(CandidateRecord)
        .where(AssessmentSessionRecord.opening_id == opening_id)
        .order_by(col(CandidateRecord.number))
        .limit(RELEASED)
    )
    for session in db.exec(query):
        add_release(db, session, recruiter.id, now, USUAL)
