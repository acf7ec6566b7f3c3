"""An expert's way through a form: every option rated alone, each with a comment if one likes. No key is loaded here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scenarios import Scenario
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import ExpertRatingRecord, KeyingPanelRecord, PanelExpertRecord
from eiassess.services.content.pinned import get_form
from eiassess.services.links import LinkClosedError, hash_of_link, is_open
from eiassess.services.revisions import is_new_revision

COMMENT_AT_MOST = 1000

Comments = Mapping[str, str]

Judgements = Mapping[str, int | None]
"""Option -> rating, or None for "cannot judge", which counts as no rating. What is absent is not answered yet."""


class PanelClosedError(RefusedError):
    """The panel takes no ratings any more."""

    def __init__(self) -> None:
        super().__init__("This panel is closed, so no more ratings are taken")


class NotRatingError(RefusedError):
    """Ratings are not taken: not agreed to the notice yet, or handed in already."""


class IncompleteRatingsError(RefusedError):
    """An option is neither rated nor said to be beyond judging."""


@dataclass(frozen=True)
class ExpertPass:
    """What a link lets in: the expert, and by which link, so that a replaced one opens nothing any more."""

    expert_id: str
    link: str


@dataclass(frozen=True)
class GivenRatings:
    """A page's ratings and comments, both by option."""

    ratings: Judgements
    comments: Comments


@dataclass(frozen=True)
class SavedRatings:
    """A scenario's ratings and comments as the database has them; revision 0 = nothing saved yet."""

    ratings: Judgements
    comments: Comments
    revision: int
    saved_at: datetime | None


NOTHING_SAVED = SavedRatings({}, {}, 0, None)


class StaleRatingsError(RefusedError):
    """The page had not seen what was saved meanwhile; nothing was changed."""

    def __init__(self, saved: SavedRatings) -> None:
        self.saved = saved
        super().__init__("These ratings were changed in another tab or on another device since this page was opened")


@dataclass(frozen=True)
class ExpertSitting:
    """What an expert's pages are made from."""

    expert_id: str
    name: str
    panel_title: str
    simulated: bool
    form: AssessmentForm
    order_seed: str
    agreed: bool
    submitted_at: datetime | None
    closed: bool
    expires_at: datetime
    saved: Mapping[str, SavedRatings]

    def saved_for(self, scenario_id: str) -> SavedRatings:
        """Return what was saved for a scenario."""
        return self.saved.get(scenario_id, NOTHING_SAVED)

    def n_missing(self, scenario: Scenario) -> int:
        """Count the options of a scenario that are not answered yet."""
        return len(scenario.options) - len(self.saved_for(scenario.id).ratings)


def open_expert_link(database: Database, token: str, now: datetime) -> ExpertPass:
    """Return whom a link's token lets in; changes nothing.

    Raises
    ------
    LinkClosedError
        Unknown, expired, revoked or replaced.
    """
    link = hash_of_link(token)
    with database.reading() as db:
        expert = db.exec(select(PanelExpertRecord).where(PanelExpertRecord.token_hash == link)).first()
        if expert is None or not is_open(expert, now):
            raise LinkClosedError
        return ExpertPass(expert.id, link)


def get_expert_sitting(database: Database, who: ExpertPass, now: datetime) -> ExpertSitting:
    """Return everything that an expert's pages show.

    Raises
    ------
    LinkClosedError
        The link was replaced or revoked, or its time is over.
    """
    with database.reading() as db:
        expert, panel = _require(db, who, now)
        records = db.exec(select(ExpertRatingRecord).where(ExpertRatingRecord.expert_id == expert.id))
        return ExpertSitting(
            expert_id=expert.id,
            name=expert.name,
            panel_title=panel.title,
            simulated=panel.simulated,
            form=get_form(db, panel.form_digest),
            order_seed=expert.order_seed,
            agreed=expert.agreed_at is not None,
            submitted_at=expert.submitted_at,
            closed=panel.closed_at is not None,
            expires_at=expert.expires_at,
            saved={record.scenario_id: _saved(record) for record in records},
        )


def agree_to_rate(database: Database, who: ExpertPass, now: datetime) -> None:
    """Keep that the expert agreed to the notice; agreeing again changes nothing."""
    with database.writing() as db:
        expert, _ = _require_open(db, who, now)
        expert.agreed_at = expert.agreed_at or now
        db.add(expert)


def save_expert_ratings(
    database: Database,
    who: ExpertPass,
    scenario_id: str,
    given: GivenRatings,
    seen_revision: int,
    now: datetime,
) -> SavedRatings:
    """Save a scenario's ratings and comments; when this returns, they are committed.

    Sending what is saved already changes nothing, so that a repeated save succeeds.

    Raises
    ------
    StaleRatingsError
        Something else was saved since the page was opened.
    NotRatingError
        Not agreed to the notice, or handed in already.
    PanelClosedError
        The panel is closed.
    InvalidInputError
        The scenario is not in the form, a rating is not on its scale, or a comment is too long.
    LinkClosedError
        The link cannot be used any more.
    """
    with database.writing() as db:
        expert, panel = _require_open(db, who, now)
        _require_rating(expert)
        given = _checked(get_form(db, panel.form_digest), scenario_id, given)
        record = db.get(ExpertRatingRecord, (expert.id, scenario_id)) or ExpertRatingRecord(
            expert_id=expert.id, scenario_id=scenario_id, ratings="{}", comments="{}", revision=0, saved_at=now
        )
        saved = _saved(record)
        is_same = (saved.ratings, saved.comments) == (given.ratings, given.comments)
        if is_new_revision(record, seen_revision, now, is_same=is_same, stale=StaleRatingsError(saved)):
            record.ratings = json.dumps(given.ratings, sort_keys=True)
            record.comments = json.dumps(given.comments, sort_keys=True)
            db.add(record)
        return _saved(record)


def submit_ratings(database: Database, who: ExpertPass, now: datetime) -> None:
    """Hand in; doing it again changes nothing.

    Raises
    ------
    NotRatingError
        Not agreed to the notice yet.
    IncompleteRatingsError
        An option is not answered.
    """
    with database.writing() as db:
        expert, panel = _require_open(db, who, now)
        if expert.submitted_at is not None:
            return
        _require_rating(expert)
        records = db.exec(select(ExpertRatingRecord).where(ExpertRatingRecord.expert_id == expert.id))
        n_rated = sum(len(read_ratings(record)) for record in records)
        missing = sum(len(scenario.options) for scenario in get_form(db, panel.form_digest).scenarios) - n_rated
        if missing:
            options = "1 option is" if missing == 1 else f"{missing} options are"
            message = f"{options} not rated yet; rate each, or say that you cannot judge it"
            raise IncompleteRatingsError(message)
        expert.submitted_at = now
        db.add(expert)


def read_ratings(record: ExpertRatingRecord) -> dict[str, int | None]:
    """Take the ratings out of a row; None is "cannot judge"."""
    found: dict[str, int | None] = json.loads(record.ratings)
    return found


def read_comments(record: ExpertRatingRecord) -> dict[str, str]:
    """Take the comments out of a row."""
    found: dict[str, str] = json.loads(record.comments)
    return found


def _saved(record: ExpertRatingRecord) -> SavedRatings:
    return SavedRatings(read_ratings(record), read_comments(record), record.revision, record.saved_at)


def _require(
    db: Session, who: ExpertPass, now: datetime, *, lock: bool = False
) -> tuple[PanelExpertRecord, KeyingPanelRecord]:
    """Return an expert whose link is open, with the panel; locked if something will be changed."""
    expert = db.get(PanelExpertRecord, who.expert_id)
    if expert is None:
        raise LinkClosedError
    # The panel first, as whoever closes it does: two who lock in one order do not wait for each other for ever. Shared,
    # since experts save at the same time.
    panel = db.get_one(KeyingPanelRecord, expert.panel_id, with_for_update={"read": True} if lock else None)
    if lock:
        db.refresh(expert, with_for_update=True)
    if expert.token_hash != who.link or not is_open(expert, now):
        raise LinkClosedError
    return expert, panel


def _require_open(db: Session, who: ExpertPass, now: datetime) -> tuple[PanelExpertRecord, KeyingPanelRecord]:
    expert, panel = _require(db, who, now, lock=True)
    if panel.closed_at is not None and expert.submitted_at is None:
        raise PanelClosedError
    return expert, panel


def _require_rating(expert: PanelExpertRecord) -> None:
    if expert.submitted_at is not None:
        message = "Your ratings are handed in already, so they cannot be changed any more"
        raise NotRatingError(message)
    if expert.agreed_at is None:
        message = "Please read the notice and agree to it first"
        raise NotRatingError(message)


def _checked(form: AssessmentForm, scenario_id: str, given: GivenRatings) -> GivenRatings:
    """Hold ratings to the key's scale, whatever the format that candidates answer in."""
    scenario = next((each for each in form.scenarios if each.id == scenario_id), None)
    if scenario is None:
        message = "This scenario is not part of the form that you rate"
        raise InvalidInputError(message, "scenario_id")
    points = form.scale_of(scenario).points
    for option, rating in given.ratings.items():
        known = rating is None or (type(rating) is int and rating in points)
        if option not in scenario.option_ids or not known:
            message = f"Each rating is a whole number from {points[0]} to {points[-1]} for an option on the page"
            raise InvalidInputError(message, "ratings")
    kept = {option: " ".join(text.split()) for option, text in given.comments.items() if text.strip()}
    for option, text in kept.items():
        if option not in scenario.option_ids or len(text) > COMMENT_AT_MOST:
            message = f"A comment belongs to an option on the page and has at most {COMMENT_AT_MOST:,} characters"
            raise InvalidInputError(message, "comments")
    return GivenRatings(dict(given.ratings), kept)
