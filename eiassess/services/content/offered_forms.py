"""The forms on the search path, for somebody to choose from."""

from dataclasses import dataclass
from pathlib import Path

from eiassess.banks.catalog import list_bank_files, read_toml
from eiassess.errors import BankError


@dataclass(frozen=True)
class OfferedForm:
    """A form by its name and what its file says of it."""

    name: str
    title: str
    bank: str
    n_scenarios: int


def list_offered_forms(folders: tuple[Path, ...]) -> tuple[OfferedForm, ...]:
    """List the forms that have scenarios to sit; of two with one name the first found is meant, as everywhere.

    Files that cannot be read are left out; `eiassess bank check` names them.
    """
    found: dict[str, OfferedForm] = {}
    for path in list_bank_files("form", folders):
        try:
            content = read_toml(path)
        except BankError:
            continue
        title, scenarios = content.get("title"), content.get("scenarios")
        if isinstance(title, str) and isinstance(scenarios, list) and scenarios:
            found.setdefault(path.stem, OfferedForm(path.stem, title, path.parent.parent.name, len(scenarios)))
    return tuple(found.values())
