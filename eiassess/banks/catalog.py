"""The banks of an installation: finding forms by name, and loading what belongs to them."""

import json
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eiassess.banks.decoding.bank import decode_bank
from eiassess.banks.decoding.form import decode_form
from eiassess.banks.decoding.key import decode_key
from eiassess.banks.decoding.scenario import decode_scenario
from eiassess.banks.reading import TableReader
from eiassess.banks.toml_files import MAX_FILE_BYTES, OutOfBoundsError, parse_toml
from eiassess.domain.banks import QuestionBank
from eiassess.domain.digests import canonical_json
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.errors import BankError, NotFoundError

BANK_FILES = ("bank", "competencies", "sources")
PRACTICE = "practice"


@dataclass(frozen=True)
class LoadedForm:
    """A form with its bank and key, and the canonical JSON of each to pin."""

    form: AssessmentForm
    bank: QuestionBank
    key: ScoringKey
    form_json: str
    bank_json: str
    key_json: str


def load_form(name: str, folders: tuple[Path, ...], *, key_folders: tuple[Path, ...] = ()) -> LoadedForm:
    """Load a form by its file's stem or by path; its key lies in one of the key folders or in the bank.

    Raises
    ------
    NotFoundError
        No bank has such a form.
    BankError
        A file of the form, its scenarios or its key cannot be used.
    """
    path = find_form(name, folders)
    bank_folder = path.parent.parent
    bank_content = _bank_content(bank_folder)
    bank = _decode_bank(bank_content, bank_folder.name)
    content = _form_content(path, bank_folder)
    check_id(content, path)
    form = decode_form(TableReader(content, shown_path(path)))
    _check_form(form, bank, path)
    if Path(form.key_id).name != form.key_id:
        raise BankError(shown_path(path), "key", "expected the name of a key's file, without folder or ending")
    key_path = find_key(bank_folder, form.key_id, key_folders)
    key_content = _key_content(key_path)
    key = decode_key(TableReader(key_content, shown_path(key_path)))
    check_fit(form, key, shown_path(key_path))
    _check_no_other(form, key, key_path)
    return LoadedForm(
        form, bank, key, canonical_json(content), canonical_json(bank_content), canonical_json(key_content)
    )


def find_form(name: str, folders: tuple[Path, ...]) -> Path:
    """Find a form's file: a path as it is, a stem in the folders in their order.

    Raises
    ------
    NotFoundError
        There is none; the message lists the forms that there are.
    """
    return find_bank_file("form", name, folders)


def find_bank_file(what: str, name: str, folders: tuple[Path, ...]) -> Path:
    """Find a ``form`` or ``specification``: a path as it is, a stem in the folders in their order.

    Raises
    ------
    NotFoundError
        There is none; the message lists those that there are.
    """
    if name.endswith(".toml") or "/" in name:
        if Path(name).is_file():
            return Path(name).resolve()
        message = f"There is no {what} file {name!r}"
        raise NotFoundError(message)
    files = list_bank_files(what, folders)
    for path in files:
        if path.stem == name:
            return path
    known = ", ".join(sorted({path.stem for path in files})) or "none"
    message = f"There is no {what} {name!r}; {what}s here: {known}"
    raise NotFoundError(message)


def list_bank_files(what: str, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """List the files of every ``form`` or ``specification``, folder after folder."""
    return tuple(path for folder in folders for path in sorted(folder.glob(f"*/{what}s/*.toml")))


def load_bank(folder: Path) -> QuestionBank:
    """Load a bank's own texts, model and sources."""
    return _decode_bank(_bank_content(folder), folder.name)


def load_key(bank_folder: Path, key_id: str, *, key_folders: tuple[Path, ...] = ()) -> ScoringKey:
    """Load a bank's key, whatever it covers."""
    path = find_key(bank_folder, key_id, key_folders)
    return decode_key(TableReader(_key_content(path), shown_path(path)))


def find_key(bank_folder: Path, key_id: str, key_folders: tuple[Path, ...] = ()) -> Path:
    """Find a key's file: ``<key folder>/<bank>/<key>.toml`` in the first folder that has it, else in the bank."""
    outside = (folder / bank_folder.name / f"{key_id}.toml" for folder in key_folders)
    return next((path for path in outside if path.is_file()), bank_folder / "keys" / f"{key_id}.toml")


def _key_content(path: Path) -> dict[str, Any]:
    content = read_toml(path)
    check_id(content, path)
    return content


def _bank_content(folder: Path) -> dict[str, Any]:
    return {name: read_toml(folder / f"{name}.toml") for name in BANK_FILES}


def _decode_bank(content: dict[str, Any], folder: str) -> QuestionBank:
    return decode_bank(*(TableReader(content.get(name), f"{folder}/{name}.toml") for name in BANK_FILES))


def decode_pinned_form(text: str) -> AssessmentForm:
    """Make a form from its pinned JSON; the digest comes out the same."""
    return decode_form(TableReader(json.loads(text), "pinned form"))


def decode_pinned_bank(text: str) -> QuestionBank:
    """Make a bank from its pinned JSON."""
    return _decode_bank(json.loads(text), "pinned bank")


def decode_pinned_key(text: str) -> ScoringKey:
    """Make a key from its pinned JSON; the digest comes out the same."""
    return decode_key(TableReader(json.loads(text), "pinned key"))


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    BankError
        It is missing, no file, too large, not UTF-8, not TOML, or TOML that only harms who parses it.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for, a device read without end
            raise BankError(shown_path(path), "", "is no file")
        if found.st_size > MAX_FILE_BYTES:
            raise BankError(shown_path(path), "", f"is larger than {MAX_FILE_BYTES:,} bytes")
        return parse_toml(path.read_text(encoding="utf-8"))
    except OutOfBoundsError as error:
        raise BankError(shown_path(path), "", str(error)) from None
    except OSError:
        raise BankError(shown_path(path), "", "is missing or cannot be read") from None
    except UnicodeDecodeError:
        raise BankError(shown_path(path), "", "is not UTF-8 text; save it as UTF-8") from None
    except ValueError as error:  # ValueError: also a number of thousands of digits
        raise BankError(shown_path(path), "", f"is not TOML: {error}") from None


def _form_content(path: Path, bank_folder: Path) -> dict[str, Any]:
    content = read_toml(path)
    complete_form(TableReader(content, shown_path(path)), bank_folder)
    return content


def complete_form(table: TableReader, bank_folder: Path) -> None:
    """Put the scenarios and practice that a form names into it whole, and the bank's scales and prompts.

    Raises
    ------
    BankError
        The bank has no such scenario, or one that cannot be used.
    """
    content = table.values
    files = scenario_files(bank_folder)
    for field in ("scenarios", "practice"):
        names = table.texts(field)
        for name in names:
            if name not in files:
                raise table.problem(field, f"the bank has no scenario {name!r}")
            if (files[name].parent.name == PRACTICE) != (field == PRACTICE):
                kind = "no practice scenario" if field == PRACTICE else "a practice scenario"
                raise table.problem(field, f"{name!r} is {kind}; practice lies in scenarios/{PRACTICE}")
        content[field] = [_scenario_content(files[name]) for name in names]
    bank = read_toml(bank_folder / "bank.toml")
    content["scales"] = bank.get("scales")
    if "prompts" in bank:
        content["prompts"] = bank["prompts"]
    content["bank"] = bank_folder.name


def scenario_files(bank_folder: Path) -> dict[str, Path]:
    """Find the files of a bank's scenarios, practice among them, by id."""
    files: dict[str, Path] = {}
    for file in sorted((bank_folder / "scenarios").glob("*/*.toml")):
        other = files.setdefault(file.stem, file)
        if other != file:
            raise BankError(shown_path(file), "id", f"{shown_path(other)} has the same")
    return files


def _scenario_content(path: Path) -> dict[str, Any]:
    content = read_toml(path)
    check_id(content, path)
    decode_scenario(TableReader(content, shown_path(path)))  # here, where its own file can be named
    return content


def check_id(content: dict[str, Any], path: Path) -> None:
    """Hold the id in a file to the file's name."""
    if content.get("id") != path.stem:
        raise BankError(shown_path(path), "id", f"expected {path.stem!r}, the file's name")


def check_fit(form: AssessmentForm, key: ScoringKey, place: str) -> None:
    """Hold a key to a form: every option, on the scale that it is rated on.

    Raises
    ------
    BankError
        The key lacks an option, or has another scale.
    """
    for scenario in form.scenarios:
        scale = form.scale_of(scenario)
        if (key.minimum, key.maximum) != (scale.minimum, scale.maximum):
            raise BankError(place, "scale", f"expected {[scale.minimum, scale.maximum]}, as {scenario.id!r} is rated")
        for option in scenario.option_ids:
            if option not in key.credits.get(scenario.id, {}):
                raise BankError(place, f"scenarios.{scenario.id}.{option}", f"is missing; form {form.id!r} needs it")


def _check_no_other(form: AssessmentForm, key: ScoringKey, path: Path) -> None:
    """Hold the key that a form names to the form's own options."""
    for scenario in form.scenarios:
        for option in sorted({*key.credits[scenario.id]} - {*scenario.option_ids}):
            raise BankError(shown_path(path), f"scenarios.{scenario.id}.{option}", "the scenario has no such option")


def _check_form(form: AssessmentForm, bank: QuestionBank, path: Path) -> None:
    for scenario in form.scenarios:
        if scenario.competency not in bank.model.competencies:
            raise BankError(
                shown_path(path), scenario.id, f"its competency {scenario.competency!r} is not in the bank's model"
            )
        if scenario.style is not None and scenario.style not in bank.model.styles:
            raise BankError(shown_path(path), scenario.id, f"its style {scenario.style!r} is not in the bank's model")
        for source in scenario.sources:
            if source not in bank.sources:
                raise BankError(shown_path(path), scenario.id, f"its source {source!r} is not in sources.toml")


def shown_path(path: Path) -> str:
    """Name a bank's file from the bank's folder on, as its author thinks of it."""
    in_folder = path.parent.name in {"keys", "forms", "specifications"}
    depth = 4 if path.parent.parent.name == "scenarios" else 3 if in_folder else 2
    return "/".join(path.parts[-depth:])
