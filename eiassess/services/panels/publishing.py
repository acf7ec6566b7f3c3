"""Keys made from panels: publishing one with its reasons, listing them, and letting a new opening use one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from eiassess.banks.catalog import LoadedForm, decode_pinned_key
from eiassess.banks.keys.toml_text import key_toml
from eiassess.banks.keys.words import with_words_of_key
from eiassess.domain.digests import canonical_json
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import EXPERTS_FOR_SELECTION, ScoringKey
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import KeyingPanelRecord, PinnedKeyRecord, PublishedKeyRecord
from eiassess.scoring.panels import PanelAnalysis, analyse_panel
from eiassess.services.content.pinned import get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.identifiers import new_id
from eiassess.services.panels.drafting import draft_key
from eiassess.services.panels.results import EXPERTS_AT_LEAST, ExpertRatings, handed_in, require_closed_panel
from eiassess.services.people.accounts import checked_name

REASON_AT_LEAST, REASON_AT_MOST = 20, 1500
EXPERT_KEY = "expert-"


@dataclass(frozen=True)
class PublishedKey:
    """A key that a panel made.

    ``short`` names the scenarios that fall short of the rules, ``to_review`` the options whose rationale an author
    has to read again, since their value moved by more than a point.
    """

    id: str
    panel_id: str
    key: ScoringKey
    n_experts: int
    provisional: bool
    relevance: str
    named_person: str
    published_at: datetime
    short: tuple[str, ...]
    to_review: tuple[str, ...]


def publish_key(
    database: Database, user_id: str, panel_id: str, relevance: str, named_person: str, now: datetime
) -> str:
    """Make a closed panel's means a key, with a named person's reason why it is relevant to the job; return its id.

    With fewer than ten experts the key is provisional. What was published before stays as it is.

    Raises
    ------
    InvalidInputError
        The reason or the name cannot be used.
    NotFoundError
        There is no such panel.
    RefusedError
        The panel is open, or fewer than two experts handed in, or could judge an option.
    """
    relevance, named_person = _checked_reason(relevance), checked_name(named_person, "named_person")
    with database.writing() as db:
        # All panels, in one order: two keys published at the same moment do not get the same number.
        db.exec(select(KeyingPanelRecord).order_by(KeyingPanelRecord.id).with_for_update()).all()
        panel = require_closed_panel(db, panel_id)
        experts = handed_in(db, panel_id)
        if len(experts) < EXPERTS_AT_LEAST:
            message = f"A key needs at least {EXPERTS_AT_LEAST} experts who handed in; there are {len(experts)}"
            raise RefusedError(message)
        form, present = get_form(db, panel.form_digest), get_key(db, panel.key_digest)
        analysis = analyse_panel(form, present, [expert.ratings for expert in experts])
        _require_two_for_each(analysis)
        said = {
            **_name_and_version(db, panel, form, present),
            "relevance": relevance,
            "relevance_by": named_person,
            "provisional": analysis.n_missing_experts > 0,
            "provenance": _provenance(panel, experts, analysis, now),
        }
        key, key_json = draft_key(form, present, analysis, said)
        _pin(db, key, key_json, now)
        record = PublishedKeyRecord(
            id=new_id(),
            panel_id=panel.id,
            key_digest=key.digest,
            previous_key_digest=panel.key_digest,
            n_experts=analysis.n_behind_each,
            provisional=key.provisional,
            relevance=relevance,
            named_person=named_person,
            evidence=canonical_json(_evidence(analysis)),
            published_by=user_id,
            published_at=now,
        )
        db.add(record)
        return record.id


def _require_two_for_each(analysis: PanelAnalysis) -> None:
    few = sum(option.n < EXPERTS_AT_LEAST for option in analysis.options)
    if few:
        options = "1 option was" if few == 1 else f"{few} options were"
        message = (
            f"{options} rated by fewer than {EXPERTS_AT_LEAST} experts, since the others could not judge; a key needs "
            "a value for each, so ask more experts"
        )
        raise RefusedError(message)


def list_published(database: Database, panel_id: str | None = None) -> tuple[PublishedKey, ...]:
    """List published keys, all or a panel's, the newest first."""
    query = select(PublishedKeyRecord).order_by(col(PublishedKeyRecord.published_at).desc(), PublishedKeyRecord.id)
    if panel_id is not None:
        query = query.where(PublishedKeyRecord.panel_id == panel_id)
    with database.reading() as db:
        return tuple(_published(db, record) for record in db.exec(query).all())


def get_published_toml(database: Database, published_id: str) -> tuple[ScoringKey, str]:
    """Return a published key, and its file for a bank's folder of keys.

    Raises
    ------
    NotFoundError
        There is no such key.
    """
    with database.reading() as db:
        record = _require(db, published_id)
        return get_key(db, record.key_digest), key_toml(db.get_one(PinnedKeyRecord, record.key_digest).content)


def with_published_key(database: Database, loaded: LoadedForm, published_id: str) -> LoadedForm:
    """Put a published key in the place of a form's own.

    Raises
    ------
    NotFoundError
        There is no such key.
    RefusedError
        The panel did not rate one of the form's scenarios, or not as it is now.
    """
    with database.reading() as db:
        record = _require(db, published_id)
        panel = db.get_one(KeyingPanelRecord, record.panel_id)
        rated = get_form(db, panel.form_digest)
        _check_fits(loaded.form, rated)
        key_json = db.get_one(PinnedKeyRecord, record.key_digest).content
    return with_words_of_key(replace(loaded, key=decode_pinned_key(key_json), key_json=key_json))


def _check_fits(form: AssessmentForm, rated: AssessmentForm) -> None:
    scenarios = {scenario.id: scenario for scenario in rated.scenarios}
    for scenario in form.scenarios:
        if scenario.id not in scenarios:
            message = f"The experts did not rate scenario {scenario.id!r} of form {form.id!r}; choose their form"
            raise RefusedError(message)
        if scenarios[scenario.id] != scenario or rated.scale_of(scenario) != form.scale_of(scenario):
            message = f"Scenario {scenario.id!r} was changed since the experts rated it; a new panel has to rate it"
            raise RefusedError(message)


def _checked_reason(text: str) -> str:
    text = " ".join(text.split())
    if not REASON_AT_LEAST <= len(text) <= REASON_AT_MOST:
        message = (
            f"Say in a sentence or more why this key is relevant to the job: {REASON_AT_LEAST} to {REASON_AT_MOST:,} "
            f"characters; this has {len(text):,}"
        )
        raise InvalidInputError(message, "relevance")
    return text


def _name_and_version(
    db: Session, panel: KeyingPanelRecord, form: AssessmentForm, present: ScoringKey
) -> dict[str, Any]:
    """Name the key: a panel's own number among those of its bank, and a version for each time that it is published."""
    keys = [
        (record.panel_id, get_key(db, record.key_digest))
        for record in db.exec(select(PublishedKeyRecord)).all()
        if get_form(db, db.get_one(KeyingPanelRecord, record.panel_id).form_digest).bank == form.bank
    ]
    own = [key for panel_id, key in keys if panel_id == panel.id]
    if own:
        return {"id": own[0].id, "version": 1 + max(key.version for key in own)}
    numbers = [_number(key.id) for key in (present, *(key for _, key in keys))]
    return {"id": f"{EXPERT_KEY}{1 + max(numbers)}", "version": 1}


def _number(key_id: str) -> int:
    ending = key_id.removeprefix(EXPERT_KEY)
    return int(ending) if ending != key_id and ending.isascii() and ending.isdigit() else 0


def _provenance(
    panel: KeyingPanelRecord, experts: Sequence[ExpertRatings], analysis: PanelAnalysis, now: datetime
) -> dict[str, Any]:
    days = sorted(_day(expert.submitted_at) for expert in experts)
    icc = analysis.median_icc
    return {
        "panel": panel.id,
        "rated_from": days[0],
        "rated_to": days[-1],
        "published": _day(now),
        "share_kept": round(analysis.share_kept, 4),
        **({} if icc is None or abs(icc) > 1 else {"median_icc": round(icc, 4)}),
        "simulated": panel.simulated,
        "previous": panel.key_digest,
        "to_review": _to_review(analysis),
    }


def _to_review(analysis: PanelAnalysis) -> list[str]:
    return [f"{each.id}.{option.id}" for each in analysis.scenarios for option in each.options if option.moved_far]


def _evidence(analysis: PanelAnalysis) -> dict[str, Any]:
    """Keep what the analyst saw when publishing: what fell short was known."""
    return {
        "asked_for": EXPERTS_FOR_SELECTION,
        "scenarios_that_fall_short": [each.id for each in analysis.scenarios if not each.kept],
        "options_that_fall_short": [
            f"{each.id}.{option.id}" for each in analysis.scenarios for option in each.options if not option.kept
        ],
        "to_review": _to_review(analysis),
        "icc_2_k": {each.id: None if each.icc_2_k is None else round(each.icc_2_k, 4) for each in analysis.scenarios},
        "rank_correlation_with_previous": analysis.rank_correlation,
    }


def _pin(db: Session, key: ScoringKey, key_json: str, now: datetime) -> None:
    new = upsert(db, PinnedKeyRecord).values(digest=key.digest, content=key_json, pinned_at=now)
    db.connection().execute(new.on_conflict_do_nothing())


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()


def _require(db: Session, published_id: str) -> PublishedKeyRecord:
    record = db.get(PublishedKeyRecord, published_id)
    if record is None:
        message = f"There is no published key {published_id!r}"
        raise NotFoundError(message)
    return record


def _published(db: Session, record: PublishedKeyRecord) -> PublishedKey:
    evidence = json.loads(record.evidence)
    return PublishedKey(
        id=record.id,
        panel_id=record.panel_id,
        key=get_key(db, record.key_digest),
        n_experts=record.n_experts,
        provisional=record.provisional,
        relevance=record.relevance,
        named_person=record.named_person,
        published_at=record.published_at,
        short=tuple(evidence["scenarios_that_fall_short"]),
        to_review=tuple(evidence["to_review"]),
    )
