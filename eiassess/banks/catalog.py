"""The banks of an installation: finding forms by name, and loading what belongs to them."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eiassess.banks.decoding import decode_bank, decode_form, decode_key, decode_scenario
from eiassess.banks.digests import canonical_json
from eiassess.banks.reading import TableReader
from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.errors import BankError, NotFoundError

MAX_FILE_BYTES = 2_000_000
BANK_FILES = ("bank", "competencies", "sources")


@dataclass(frozen=True)
class LoadedForm:
    """A form with its bank and key, and the canonical JSON of each to pin."""

    form: AssessmentForm
    bank: QuestionBank
    key: ScoringKey
    form_json: str
    bank_json: str
    key_json: str


def load_form(name: str, folders: tuple[Path, ...]) -> LoadedForm:
    """Load a form by its file's stem or by path.

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
    _check_id(content, path)
    form = decode_form(TableReader(content, _shown(path)))
    _check_form(form, bank, path)
    key_path = bank_folder / "keys" / f"{form.key_id}.toml"
    key_content = read_toml(key_path)
    _check_id(key_content, key_path)
    key = decode_key(TableReader(key_content, _shown(key_path)))
    _check_key(form, key, key_path)
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
    if name.endswith(".toml") or "/" in name:
        if Path(name).is_file():
            return Path(name).resolve()
        message = f"There is no form file {name!r}"
        raise NotFoundError(message)
    forms = [path for folder in folders for path in sorted(folder.glob("*/forms/*.toml"))]
    for path in forms:
        if path.stem == name:
            return path
    known = ", ".join(sorted({path.stem for path in forms})) or "none"
    message = f"There is no form {name!r}; forms here: {known}"
    raise NotFoundError(message)


def load_bank(folder: Path) -> QuestionBank:
    """Load a bank's own texts, model and sources."""
    return _decode_bank(_bank_content(folder), folder.name)


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
        It is missing, too large, not UTF-8 or not TOML.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise BankError(_shown(path), "", f"is larger than {MAX_FILE_BYTES:,} bytes")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise BankError(_shown(path), "", "is missing or cannot be read") from None
    except UnicodeDecodeError:
        raise BankError(_shown(path), "", "is not UTF-8 text; save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BankError(_shown(path), "", f"is not TOML: {error}") from None


def _form_content(path: Path, bank_folder: Path) -> dict[str, Any]:
    """Put a form's scenarios, practice and scales into it whole."""
    content = read_toml(path)
    table = TableReader(content, _shown(path))
    files = _scenario_files(bank_folder)
    for field in ("scenarios", "practice"):
        names = table.texts(field)
        for name in names:
            if name not in files:
                raise table.problem(field, f"the bank has no scenario {name!r}")
        content[field] = [_scenario_content(files[name]) for name in names]
    bank = read_toml(bank_folder / "bank.toml")
    content["scales"] = bank.get("scales")
    if "prompts" in bank:
        content["prompts"] = bank["prompts"]
    content["bank"] = bank_folder.name
    return content


def _scenario_files(bank_folder: Path) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for file in sorted((bank_folder / "scenarios").glob("*/*.toml")):
        other = files.setdefault(file.stem, file)
        if other != file:
            raise BankError(_shown(file), "id", f"{_shown(other)} has the same")
    return files


def _scenario_content(path: Path) -> dict[str, Any]:
    content = read_toml(path)
    _check_id(content, path)
    decode_scenario(TableReader(content, _shown(path)))  # here, where its own file can be named
    return content


def _check_id(content: dict[str, Any], path: Path) -> None:
    if content.get("id") != path.stem:
        raise BankError(_shown(path), "id", f"expected {path.stem!r}, the file's name")


def _check_key(form: AssessmentForm, key: ScoringKey, path: Path) -> None:
    """Hold a key to the form that names it: every option, no other, on the same scale."""
    for scenario in form.scenarios:
        scale = form.scale_of(scenario)
        if (key.minimum, key.maximum) != (scale.minimum, scale.maximum):
            raise BankError(
                _shown(path), "scale", f"expected {[scale.minimum, scale.maximum]}, as {scenario.id!r} is rated"
            )
        key_options = key.credits.get(scenario.id, {})
        for option in sorted({*scenario.option_ids, *key_options}):
            field = f"scenarios.{scenario.id}.{option}"
            if option not in key_options:
                raise BankError(_shown(path), field, f"is missing; form {form.id!r} needs it")
            if option not in scenario.option_ids:
                raise BankError(_shown(path), field, "the scenario has no such option")


def _check_form(form: AssessmentForm, bank: QuestionBank, path: Path) -> None:
    for scenario in form.scenarios:
        if scenario.competency not in bank.model.competencies:
            raise BankError(
                _shown(path), scenario.id, f"its competency {scenario.competency!r} is not in the bank's model"
            )
        if scenario.style is not None and scenario.style not in bank.model.styles:
            raise BankError(_shown(path), scenario.id, f"its style {scenario.style!r} is not in the bank's model")
        for source in scenario.sources:
            if source not in bank.sources:
                raise BankError(_shown(path), scenario.id, f"its source {source!r} is not in sources.toml")


def _shown(path: Path) -> str:
    """Name a bank's file from the bank's folder on, as its author thinks of it."""
    depth = 4 if path.parent.parent.name == "scenarios" else 3 if path.parent.name in {"keys", "forms"} else 2
    return "/".join(path.parts[-depth:])
