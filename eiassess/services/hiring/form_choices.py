"""The forms that an opening's candidates could sit, each with the keys that could score it."""

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.domain.versions import ContentStatus
from eiassess.errors import BankError, InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.services.content.offered_forms import list_offered_forms
from eiassess.services.panels.publishing import list_published, with_published_key

PART = "@"
"""What stands between a form's name and a published key's id in the name of a choice."""


@dataclass(frozen=True)
class FormFolders:
    """Where forms and keys are looked for."""

    banks: tuple[Path, ...]
    keys: tuple[Path, ...] = ()


@dataclass(frozen=True)
class FormChoice:
    """A form with a key, and what somebody has to know who chooses it."""

    name: str
    title: str
    form_digest: str
    key_digest: str
    key_id: str
    minutes: int
    n_scenarios: int
    status: ContentStatus
    worth: str
    supports_selection: bool


def list_form_choices(database: Database, folders: FormFolders) -> tuple[FormChoice, ...]:
    """List what candidates could sit: each form with its own key, then with each published key that fits it.

    Forms that cannot be read or sat, those for studies only, and keys of simulated experts, are left out.
    """
    published = [each for each in list_published(database) if not each.key.is_simulated]
    found = []
    for offered in list_offered_forms(folders.banks):
        with suppress(BankError, NotFoundError):
            loaded = load_form(offered.name, folders.banks, key_folders=folders.keys)
            if loaded.form.status.can_be_sat and not loaded.form.studies_only:
                found += [
                    _choice(offered.name, loaded),
                    *_with_keys(database, offered.name, loaded, [each.id for each in published]),
                ]
    return tuple(found)


def load_form_choice(database: Database, folders: FormFolders, name: str) -> LoadedForm:
    """Load what a choice names.

    Raises
    ------
    InvalidInputError
        There is no such choice.
    RefusedError
        The experts behind the key did not rate this form as it is now.
    """
    form, _, published_id = name.partition(PART)
    offered = {each.name for each in list_offered_forms(folders.banks)}
    if form not in offered:
        message = "Choose one of the forms"
        raise InvalidInputError(message, "form")
    try:
        loaded = load_form(form, folders.banks, key_folders=folders.keys)
        return with_published_key(database, loaded, published_id) if published_id else loaded
    except (BankError, NotFoundError):
        message = "This form or key cannot be used any more; choose another"
        raise InvalidInputError(message, "form") from None


def _with_keys(database: Database, name: str, loaded: LoadedForm, published: list[str]) -> Iterator[FormChoice]:
    for published_id in published:
        with suppress(RefusedError):
            yield _choice(f"{name}{PART}{published_id}", with_published_key(database, loaded, published_id))


def _choice(name: str, loaded: LoadedForm) -> FormChoice:
    form = loaded.form
    return FormChoice(
        name=name,
        title=form.title,
        form_digest=form.digest,
        key_digest=loaded.key.digest,
        key_id=loaded.key.id,
        minutes=math.ceil(form.expected_seconds((*form.practice, *form.scenarios)) / 60),
        n_scenarios=len(form.scenarios),
        status=form.status,
        worth=loaded.bank.evidence.key,
        supports_selection=loaded.key.supports_selection,
    )
