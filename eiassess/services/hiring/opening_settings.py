"""Making an opening with all that is chosen for it, looking at that, and changing it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from eiassess.banks.catalog import LoadedForm
from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.openings import (
    Combination,
    MemberPart,
    OpeningSettings,
    OpeningState,
    SettingProblem,
    problems_of,
    purposes_with,
)
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord, UserRecord
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.hiring.moving import queue_moved, times_of_waiting
from eiassess.services.hiring.opening_members import Member, add_parts, members_of
from eiassess.services.hiring.opening_records import settings_of, store_settings
from eiassess.services.hiring.openings import create_opening, pin_form, require_member
from eiassess.services.hiring.use_choices import standing_choice
from eiassess.services.outbox.wordings import copy_wordings
from eiassess.services.people.accounts import checked_name


@dataclass(frozen=True)
class OpeningDetails:
    """An opening with everything that its settings page shows.

    ``n_invited`` above zero means that form and key are frozen, ``n_handed_in`` that so is how
    test and interview count. ``may_select`` says whether scores may put people in order: enough experts stand behind
    the key, or a named person answers for it.
    """

    id: str
    state: OpeningState
    simulated: bool
    settings: OpeningSettings
    time_zone: str
    members: tuple[Member, ...]
    n_invited: int
    n_handed_in: int
    form: AssessmentForm
    key: ScoringKey
    bank: QuestionBank
    may_select: bool


def make_opening(
    database: Database,
    user_id: str,
    loaded: LoadedForm,
    settings: OpeningSettings,
    now: datetime,
    *,
    copies: str | None = None,
) -> str:
    """Add an opening with its settings, for which whoever makes it recruits; return its id.

    Parameters
    ----------
    copies
        The opening whose time zone and wording of mails it takes over, if any.

    Raises
    ------
    InvalidInputError
        A setting cannot be used, or the form has nothing to sit.
    NotFoundError
        The opening that is copied is none of whoever asks.
    RefusedError
        The form may not be sat, or the key comes from simulated experts, or somebody with other roles asks.
    """
    settings = _checked(settings, loaded.bank, may_select=loaded.key.supports_selection)
    _require_ahead(settings, now)
    with database.writing() as db:
        opening_id = create_opening(
            db, settings.title, loaded, now, members=(), keep_days=settings.keep_days, simulated=False
        )
        opening = db.get_one(OpeningRecord, opening_id)
        store_settings(db, opening, settings)
        add_parts(db, opening_id, db.get_one(UserRecord, user_id), [MemberPart.RECRUITS])
        if copies is not None:
            opening.time_zone = require_member(db, copies, user_id).time_zone
            copy_wordings(db, copies, opening_id)
        return opening_id


def get_opening(database: Database, user_id: str, opening_id: str) -> OpeningDetails:
    """Return an opening that somebody recruits for.

    Raises
    ------
    NotFoundError
        There is none, or it is not theirs.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        return OpeningDetails(
            id=opening.id,
            state=OpeningState(opening.state),
            simulated=opening.simulated,
            settings=settings_of(db, opening),
            time_zone=opening.time_zone,
            members=members_of(db, opening.id),
            n_invited=count_invited(db, opening.id),
            n_handed_in=count_handed_in(db, opening.id),
            form=get_form(db, opening.form_digest),
            key=get_key(db, opening.key_digest),
            bank=get_bank(db, opening.bank_digest),
            may_select=_may_select(db, opening),
        )


def copied_settings(settings: OpeningSettings) -> OpeningSettings:
    """Return what another opening takes over: everything but the date."""
    return replace(settings, deadline=None)


def change_settings(
    database: Database, user_id: str, opening_id: str, settings: OpeningSettings, now: datetime
) -> None:
    """Change what was chosen for an opening; form and key stay.

    If that moves the deadline, those who are still on their way and whose end moves with it are written to.

    Raises
    ------
    InvalidInputError
        A setting cannot be used, or candidates were told of a shorter time of keeping, or somebody is under way who
        began with a longer time limit, or somebody has handed in and test and interview would count otherwise.
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        It is archived.
    """
    with database.writing() as db:
        opening = changeable_opening(db, user_id, opening_id)
        before = settings_of(db, opening)
        settings = _checked(settings, get_bank(db, opening.bank_digest), may_select=_may_select(db, opening))
        if settings.deadline != before.deadline:
            _require_ahead(settings, now)
        if settings.keep_days > before.keep_days and count_invited(db, opening_id):
            message = f"Candidates were told {before.keep_days} days, so the time can only be made shorter"
            raise InvalidInputError(message, "keep_days")
        _require_combination_kept(db, opening_id, before, settings)
        _require_limit_kept(db, opening_id, before.time_limit_minutes, settings.time_limit_minutes)
        times = times_of_waiting(db, opening_id)
        store_settings(db, opening, settings)
        queue_moved(db, opening_id, times, now)


def choose_form(database: Database, user_id: str, opening_id: str, loaded: LoadedForm, now: datetime) -> None:
    """Give an opening another form or key, as long as nobody was invited.

    A purpose that the new key does not support becomes preparing interviews, and what was said of competencies that the
    new bank does not have is left out.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    InvalidInputError
        The form has nothing to sit.
    RefusedError
        Somebody was invited, or the form may not be sat, or the opening is archived.
    """
    with database.writing() as db:
        refusal = (
            "Form and key are frozen since the first invitation, so that all candidates sit the same; "
            "for another form, copy this opening"
        )
        opening = uninvited_opening(db, user_id, opening_id, refusal)
        pin_form(db, opening, loaded, now)
        store_settings(db, opening, fitting(settings_of(db, opening), loaded))


def fitting(settings: OpeningSettings, loaded: LoadedForm) -> OpeningSettings:
    """Return settings as far as they fit another form: its key may support less, its bank have other competencies."""
    plain = OpeningSettings(settings.title)
    supported = settings.purpose in purposes_with(supports_selection=loaded.key.supports_selection)
    return replace(
        settings,
        purpose=settings.purpose if supported else plain.purpose,
        combination=settings.combination if supported else plain.combination,
        profile=tuple(row for row in settings.profile if row.competency in loaded.bank.model.competencies),
    )


def _may_select(db: Session, opening: OpeningRecord) -> bool:
    standing = standing_choice(db, opening.id, opening.key_digest)
    switched_on = standing is not None and standing.allowed
    return switched_on or get_key(db, opening.key_digest).supports_selection


def setting_problems(settings: OpeningSettings, bank: QuestionBank, *, may_select: bool) -> tuple[SettingProblem, ...]:
    """List what cannot be used in an opening's settings; ``may_select``: whether its scores may put people in order."""
    purposes = purposes_with(supports_selection=may_select)
    return problems_of(settings, purposes, bank.model.competencies)


def _checked(settings: OpeningSettings, bank: QuestionBank, *, may_select: bool) -> OpeningSettings:
    problems = setting_problems(settings, bank, may_select=may_select)
    if problems:
        raise InvalidInputError(problems[0].message, problems[0].field)
    return replace(settings, title=checked_name(settings.title, "title"))


def _require_ahead(settings: OpeningSettings, now: datetime) -> None:
    if settings.deadline is not None and settings.deadline.at <= now:
        message = "Give a deadline that lies ahead"
        raise InvalidInputError(message, "deadline_day")


def _require_combination_kept(db: Session, opening_id: str, before: OpeningSettings, settings: OpeningSettings) -> None:
    """Refuse another way to combine once a result could have been seen; to keep both apart is less use, and allowed."""
    allowed = {before.combination, Combination.APART}
    if settings.combination not in allowed and count_handed_in(db, opening_id):
        message = (
            "Somebody has handed in, so test and interview count together as they do, or not at all: a rule has to "
            "be stated before any result is known; for another, copy this opening"
        )
        raise InvalidInputError(message, "combination")


def _require_limit_kept(db: Session, opening_id: str, before: int | None, limit: int | None) -> None:
    """Refuse a shorter limit as long as it would cut somebody off, and none as long as somebody was told of one.

    Whoever's time is over counts too as long as they have not handed in: they may have been given more time that nobody
    else knows of, and what is refused here must not tell of it. With the limit the minutes that a factor adds would go,
    of people who have not begun too, so nobody's factor is asked.
    """
    if limit is None and before is not None:
        if db.exec(_not_handed_in(opening_id)).first() is not None:
            message = (
                f"Somebody who has not handed in was invited with {before} minutes, and may have been given more, so "
                "the limit can only be made longer; for none, copy this opening"
            )
            raise InvalidInputError(message, "time_limit_minutes")
        return
    if limit is None or (before is not None and limit >= before):
        return
    under_way = _not_handed_in(opening_id).where(col(AssessmentSessionRecord.practised_at).is_not(None))
    if db.exec(under_way).first() is not None:
        told = "without a limit" if before is None else f"with {before} minutes"
        message = (
            f"Somebody who has not handed in began {told} and would lose time, so the limit can only be made longer; "
            "for a shorter one, copy this opening"
        )
        raise InvalidInputError(message, "time_limit_minutes")


def _not_handed_in(opening_id: str) -> SelectOfScalar[str]:
    session = AssessmentSessionRecord
    return select(session.id).where(
        session.opening_id == opening_id,
        session.state != SessionState.SUBMITTED,
        col(session.withdrawn_at).is_(None),
    )


def uninvited_opening(db: Session, user_id: str, opening_id: str, refusal: str) -> OpeningRecord:
    """Return an opening of whoever asks, to be changed in what people are told who are invited; locked.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        Somebody was invited, which ``refusal`` says, or it is archived.
    """
    opening = changeable_opening(db, user_id, opening_id)
    if count_invited(db, opening_id):
        raise RefusedError(refusal)
    return opening


def changeable_opening(db: Session, user_id: str, opening_id: str) -> OpeningRecord:
    """Return an opening of whoever asks, locked within the caller's transaction.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        It is archived.
    """
    opening = require_member(db, opening_id, user_id)
    db.refresh(opening, with_for_update=True)  # invitations wait for it, and it for them
    if opening.state == OpeningState.ARCHIVED:
        message = "This opening is archived; take it back from the archive first"
        raise RefusedError(message)
    return opening


def count_invited(db: Session, opening_id: str) -> int:
    """Count who was ever invited to an opening and is still stored."""
    session = AssessmentSessionRecord
    return db.exec(select(func.count()).select_from(session).where(session.opening_id == opening_id)).one()


def count_handed_in(db: Session, opening_id: str) -> int:
    """Count who has handed in for an opening and is still stored."""
    session = AssessmentSessionRecord
    handed_in = select(func.count()).select_from(session).where(session.opening_id == opening_id)
    return db.exec(handed_in.where(session.state == SessionState.SUBMITTED)).one()
