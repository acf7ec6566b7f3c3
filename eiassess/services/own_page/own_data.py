"""All that is stored about a candidate, for themselves: what they gave, what was computed, what they were sent.

What people on the other side wrote is not in it: a person gives that out on request, since it may name others.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from eiassess.domain.erasures import Hold
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.openings import MemberPart
from eiassess.domain.releases import written_fields
from eiassess.domain.responses import Ratings
from eiassess.domain.scenarios import Scenario
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AdjustmentRecord,
    AssessmentSessionRecord,
    CandidateRecord,
    ErasureHoldRecord,
    InvitationRecord,
    ItemResponseRecord,
    MessageRecord,
    OpeningMemberRecord,
    OpeningRecord,
    ScenarioComplaintRecord,
    ScenarioShowingRecord,
    ScoreRecord,
    SharedCandidateRecord,
    SharedViewRecord,
    ShareLinkRecord,
    StudyLinkRecord,
    StudyPersonRecord,
    UserRecord,
)
from eiassess.services.adjustments.asking import OwnRequest, own_requests
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.fairness.answering import own_answers
from eiassess.services.hiring.ends import times_of
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.hiring.releases import release_steps
from eiassess.services.outcomes.recording import ratings_of
from eiassess.services.own_page.experience import OwnRating, own_rating
from eiassess.services.own_page.questions import OwnQuestion, own_questions
from eiassess.services.sitting.answers import list_practice_answers
from eiassess.services.sitting.late import late_answers


@dataclass(frozen=True)
class OwnAnswer:
    """A scenario as it was read, with what was given to its options."""

    number: int
    scenario_id: str
    situation: str
    options: Mapping[str, str]
    given: Ratings
    saved_at: datetime | None
    seconds: float
    first_shown_at: datetime | None


@dataclass(frozen=True)
class OwnResult:
    """A result that was computed: the overall one, or that of a competency."""

    what: str
    score: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class OwnLink:
    """A link that was made for the candidate; the link itself is not stored."""

    created_at: datetime
    named_end: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class OwnMail:
    """A mail to the candidate."""

    kind: str
    address: str
    state: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class OwnRelease:
    """A release to hiring managers, a change of it, or its end: then there are no fields."""

    at: datetime
    fields: tuple[str, ...]


@dataclass(frozen=True)
class OwnView:
    """Somebody looked at the candidate through a link, for the first time on that day."""

    at: datetime
    by: str


@dataclass(frozen=True)
class OwnData:
    """Everything about one candidate of one opening, but for what staff wrote."""

    name: str
    email: str
    opening: str
    state: str
    invited_at: datetime
    agreed_at: datetime | None
    notice_digest: str | None
    began_at: datetime | None
    ends_at: datetime
    extra_time_factor: float
    handed_in_at: datetime | None
    handed_in_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    passed_on_at: datetime | None
    keep_days: int
    answers: tuple[OwnAnswer, ...]
    practice: tuple[OwnAnswer, ...]
    late_answers: int
    results: tuple[OwnResult, ...]
    scored_at: datetime | None
    scored_by: str | None
    adjustments: tuple[OwnRequest, ...]
    questions: tuple[OwnQuestion, ...]
    experience: OwnRating | None
    complaints: Mapping[str, str]
    links: tuple[OwnLink, ...]
    mails: tuple[OwnMail, ...]
    released_to: tuple[str, ...] = ()
    """Names of the hiring managers of the opening, if the candidate was ever released."""
    releases: tuple[OwnRelease, ...] = ()
    shared_views: tuple[OwnView, ...] = ()
    study_until: datetime | None = None
    """Until when the study of those who were hired keeps their results, if it has them."""
    work_is_rated: bool = False
    voluntary: Mapping[str, str] | None = None
    """What they answered after handing in, by question; ``None`` if nothing of it is kept."""
    hold: Hold | None = None
    """A duty to keep their records, also one that has ended."""


def get_own_data(database: Database, invitation_id: str) -> OwnData:
    """Return all that is stored about a candidate; whoever calls has checked a one-use code.

    Raises
    ------
    LinkClosedError
        The link was closed.
    """
    with database.reading() as db:
        session, _ = require_open_session(db, invitation_id)
        return own_data_of(db, session)


def own_data_of(db: Session, session: AssessmentSessionRecord) -> OwnData:
    """Collect all that is stored about a candidate, but for what staff wrote."""
    candidate = db.get_one(CandidateRecord, session.candidate_id)
    opening = db.get_one(OpeningRecord, session.opening_id)
    given = db.get(AdjustmentRecord, session.id)
    form = get_form(db, session.form_digest)
    score = _newest_score(db, session.id)
    practice = list_practice_answers(db, session.id)
    return OwnData(
        name=candidate.name,
        email=candidate.email,
        opening=opening.title,
        state=session.state,
        invited_at=candidate.created_at,
        agreed_at=session.consented_at,
        notice_digest=session.notice_digest,
        began_at=session.practised_at,
        ends_at=times_of(db, session).ends_at,
        extra_time_factor=given.factor if given else 1.0,
        handed_in_at=(given.handed_in_at if given else None) or session.submitted_at,
        handed_in_by=session.handed_in_by,
        withdrawn_at=session.withdrawn_at,
        withdrawn_by=session.withdrawn_by,
        passed_on_at=session.released_at,
        keep_days=opening.keep_days,
        answers=_answers(db, session.id, form),
        practice=tuple(
            _answer(number, each, practice[each.id], None, None)
            for number, each in enumerate(form.practice, 1)
            if each.id in practice
        ),
        late_answers=late_answers(db, [session.id]).get(session.id, 0),
        results=_results(db, session, score),
        scored_at=score.scored_at if score else None,
        scored_by=score.engine if score else None,
        adjustments=own_requests(db, session.id),
        questions=own_questions(db, session.id),
        experience=own_rating(db, session.id),
        complaints=_complaints(db, session.id),
        links=_links(db, session.id),
        mails=_mails(db, session.id),
        released_to=_released_to(db, session),
        releases=_releases(db, session.id),
        shared_views=_shared_views(db, session.id),
        study_until=_study_until(db, session.id),
        work_is_rated=bool(ratings_of(db, session.id)),
        voluntary=own_answers(db, session),
        hold=_hold(db, session.id),
    )


def _answers(db: Session, session_id: str, form: AssessmentForm) -> tuple[OwnAnswer, ...]:
    response, showing = ItemResponseRecord, ScenarioShowingRecord
    saved = {each.scenario_id: each for each in db.exec(select(response).where(response.session_id == session_id))}
    shown = {each.scenario_id: each for each in db.exec(select(showing).where(showing.session_id == session_id))}
    return tuple(
        _answer(
            number,
            each,
            json.loads(saved[each.id].ratings) if each.id in saved else {},
            saved.get(each.id),
            shown.get(each.id),
        )
        for number, each in enumerate(form.scenarios, 1)
        if each.id in saved or each.id in shown
    )


def _answer(
    number: int,
    scenario: Scenario,
    given: Ratings,
    saved: ItemResponseRecord | None,
    shown: ScenarioShowingRecord | None,
) -> OwnAnswer:
    return OwnAnswer(
        number=number,
        scenario_id=scenario.id,
        situation=scenario.situation,
        options={option.id: option.text for option in scenario.options},
        given=given,
        saved_at=saved.saved_at if saved else None,
        seconds=saved.seconds if saved else 0.0,
        first_shown_at=shown.first_shown_at if shown else None,
    )


def _newest_score(db: Session, session_id: str) -> ScoreRecord | None:
    query = select(ScoreRecord).where(ScoreRecord.session_id == session_id).order_by(col(ScoreRecord.number).desc())
    return db.exec(query).first()


def _results(db: Session, session: AssessmentSessionRecord, score: ScoreRecord | None) -> tuple[OwnResult, ...]:
    """Give the results without those of single scenarios, which would give the key away to whoever comes next."""
    if score is None:
        return ()
    content = json.loads(score.content)
    names = get_bank(db, session.bank_digest).model.competencies
    overall = [_result("Overall", content["overall"])] if content["overall"] else []
    parts = [
        _result(names[each].name, content["competencies"][each]) for each in names if content["competencies"].get(each)
    ]
    return (*overall, *parts)


def _result(what: str, estimate: Mapping[str, Any]) -> OwnResult:
    interval = estimate["interval"]
    low, high = (interval[0], interval[1]) if interval else (None, None)
    return OwnResult(what, estimate["score"], low, high)


def _complaints(db: Session, session_id: str) -> dict[str, str]:
    record = ScenarioComplaintRecord
    return {each.scenario_id: each.line for each in db.exec(select(record).where(record.session_id == session_id))}


def _links(db: Session, session_id: str) -> tuple[OwnLink, ...]:
    record = InvitationRecord
    query = select(record).where(record.session_id == session_id).order_by(col(record.created_at), col(record.id))
    return tuple(OwnLink(each.created_at, each.expires_at, each.revoked_at) for each in db.exec(query))


def _mails(db: Session, session_id: str) -> tuple[OwnMail, ...]:
    record = MessageRecord
    query = select(record).where(record.session_id == session_id).order_by(col(record.created_at), col(record.id))
    return tuple(
        OwnMail(each.kind, each.recipient_email, each.state, each.created_at, each.sent_at) for each in db.exec(query)
    )


def _study_until(db: Session, session_id: str) -> datetime | None:
    person, link = StudyPersonRecord, StudyLinkRecord
    query = select(person.keep_until).join(link, col(link.person_id) == col(person.id))
    return db.exec(query.where(link.session_id == session_id)).first()


def _hold(db: Session, session_id: str) -> Hold | None:
    record = db.get(ErasureHoldRecord, session_id)
    return Hold(record.person, record.reason, record.until) if record else None


def _releases(db: Session, session_id: str) -> tuple[OwnRelease, ...]:
    steps = reversed(release_steps(db, session_id))
    return tuple(OwnRelease(each.at, tuple(written_fields(each.fields).split())) for each in steps)


def _released_to(db: Session, session: AssessmentSessionRecord) -> tuple[str, ...]:
    """Name who manages hiring now, and whom links were given to."""
    if not release_steps(db, session.id):
        return ()
    member, link, shared = OpeningMemberRecord, ShareLinkRecord, SharedCandidateRecord
    managers = select(member.user_id).where(
        member.opening_id == session.opening_id, member.part == MemberPart.MANAGES.value
    )
    given = (
        select(link.given_to)
        .join(shared, col(shared.link_id) == col(link.id))
        .where(shared.session_id == session.id, col(link.given_to).is_not(None))
    )
    query = select(UserRecord.name).where(or_(col(UserRecord.id).in_(managers), col(UserRecord.id).in_(given)))
    return tuple(db.exec(query.order_by(col(UserRecord.name), col(UserRecord.id))))


def _shared_views(db: Session, session_id: str) -> tuple[OwnView, ...]:
    view = SharedViewRecord
    query = select(view.at, UserRecord.name).join(UserRecord, col(UserRecord.id) == col(view.user_id))
    found = db.exec(query.where(view.session_id == session_id).order_by(col(view.at)))
    return tuple(OwnView(at, name) for at, name in found)
