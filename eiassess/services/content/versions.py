"""What may be sat: content that is ready for it, and versions that stay what they are once somebody is invited."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session, select

from eiassess.banks.catalog import LoadedForm
from eiassess.banks.decoding.form import without_status
from eiassess.domain.versions import ContentStatus
from eiassess.errors import RefusedError
from eiassess.persistence.tables import AssessmentSessionRecord, PinnedContentRecord, PinnedKeyRecord

Content = Mapping[str, Any]


def require_ready(loaded: LoadedForm) -> None:
    """Refuse a form that candidates may not sit: it, or a scenario in it, is a draft or retired, or promises too much.

    Raises
    ------
    RefusedError
        With the status that would be needed.
    """
    form = loaded.form
    for name, status in ((f"The form {form.id!r}", form.status), *_scenario_statuses(loaded)):
        if not status.can_be_sat:
            message = f"{name} is {_a(status)}; only trial and operational content can be sat"
            raise RefusedError(message)
        if form.status is ContentStatus.OPERATIONAL and status is not ContentStatus.OPERATIONAL:
            message = f"{name} is in trial, so the form {form.id!r} cannot be operational; set its status to trial"
            raise RefusedError(message)
    if form.status is ContentStatus.OPERATIONAL and not loaded.key.supports_selection:
        message = (
            f"The form {form.id!r} cannot be operational with the key {loaded.key.id!r}: fewer experts keyed it than "
            "are needed, or nobody recorded why it is relevant to the job; set the form's status to trial"
        )
        raise RefusedError(message)


def _scenario_statuses(loaded: LoadedForm) -> Iterator[tuple[str, ContentStatus]]:
    for scenario in loaded.form.scenarios:
        yield f"The scenario {scenario.id!r}", scenario.status


def _a(status: ContentStatus) -> str:
    return "a draft" if status is ContentStatus.DRAFT else status.value


def require_unchanged_versions(db: Session, loaded: LoadedForm) -> None:
    """Refuse content whose version somebody sat, or was invited to sit, with other content: it is frozen.

    Raises
    ------
    RefusedError
        Names the first form, scenario or key whose version has to be raised.
    """
    session = AssessmentSessionRecord
    for form_digest, key_digest in db.exec(select(session.form_digest, session.key_digest).distinct()).all():
        if (form_digest, key_digest) == (loaded.form.digest, loaded.key.digest):
            continue  # the same content, which is the usual case and needs no reading
        form = json.loads(db.get_one(PinnedContentRecord, form_digest).content)
        if form["bank"] == loaded.form.bank:
            _require_same_form(json.loads(loaded.form_json), form)
            key = json.loads(db.get_one(PinnedKeyRecord, key_digest).content)
            _require_same("key", json.loads(loaded.key_json), key)


def _require_same_form(new: Content, old: Content) -> None:
    earlier = {scenario["id"]: scenario for scenario in old["scenarios"]}
    for scenario in new["scenarios"]:
        _require_same("scenario", scenario, earlier.get(scenario["id"]))
    _require_same("form", _as_chosen(new), _as_chosen(old))


def _as_chosen(form: Content) -> Content:
    """Return a form with its scenarios as ids and versions: each answers for its own text."""
    chosen = {
        field: [(scenario["id"], scenario["version"]) for scenario in form[field]]
        for field in ("scenarios", "practice")
    }
    return {**form, **chosen}


def _require_same(what: str, new: Content, old: Content | None) -> None:
    if old is None or (new["id"], new["version"]) != (old["id"], old["version"]):
        return
    if without_status(new) != without_status(old):
        message = (
            f"The {what} {new['id']!r} went to candidates as version {old['version']} with other content, which is "
            f"frozen; raise its version to {old['version'] + 1}"
        )
        raise RefusedError(message)
