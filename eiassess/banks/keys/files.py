"""Finding a key that a command names for a form: a stem among the bank's keys, or a file."""

from pathlib import Path

from eiassess.banks.catalog import check_fit, check_id, load_key, read_toml, shown_path
from eiassess.banks.decoding.key import decode_key
from eiassess.banks.reading import TableReader
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.errors import NotFoundError


def load_key_for(form: AssessmentForm, name: str, bank_folder: Path, key_folders: tuple[Path, ...] = ()) -> ScoringKey:
    """Load a key by its stem, from the key folders or the bank's ``keys``, or by path; it has to fit the form.

    Raises
    ------
    NotFoundError
        There is no such file.
    BankError
        The key cannot be used, lacks an option of the form, or has another scale.
    """
    if name.endswith(".toml") or "/" in name:
        path = Path(name)
        if not path.is_file():
            message = f"There is no key file {name!r}"
            raise NotFoundError(message)
        content = read_toml(path.resolve())
        check_id(content, path)
        key, place = decode_key(TableReader(content, shown_path(path))), shown_path(path)
    else:
        key, place = load_key(bank_folder, name, key_folders=key_folders), f"keys/{name}.toml"
    check_fit(form, key, place)
    return key
