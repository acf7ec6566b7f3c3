"""A new bank: small, complete and loading at once, with every text marked that is to be edited."""

import re
from dataclasses import dataclass
from pathlib import Path

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_bank, read_toml
from eiassess.banks.exchange.staging import make_secret_folder
from eiassess.banks.writing import toml_value
from eiassess.domain.banks import QuestionBank
from eiassess.errors import RefusedError
from eiassess.whole_files import OPEN_FILE, SECRET_FILE, write_whole

KEY = "own-1"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FREE = re.compile(r"(MIT|CC0|CC[- ]BY(-SA)?)([ -]\d(\.\d)?)?( licen[cs]e)?", re.IGNORECASE)
_RESPONSES, _EMOTIONS, _STYLE = "recovery", "understanding-emotions", "functional"
_GITIGNORE = (
    "# Keys and what imports put aside never belong in version control.\nkeys/\n.import-*/\n.replaced-*/\n*.xlsx\n"
)


@dataclass(frozen=True)
class NewBank:
    """What was made: the bank, its key and its form."""

    folder: Path
    key: Path
    form: str


_IRRITANTS = re.compile(
    r"(?:^#[^\n]*\n)*\s*^\[irritants\..*?(?=(?:^#[^\n]*\n)*\s*^\[(?!irritants\.)|\Z)", re.MULTILINE | re.DOTALL
)
"""The tables of irritants, with the comment above them."""


def start_bank(
    folder: Path, *, title: str = "", language: str = "en", model: Path | None = None, keys: Path | None = None
) -> NewBank:
    """Write a small bank into a folder that is empty or not there.

    Parameters
    ----------
    model
        Folder of a bank whose competencies are copied, if its licence lets them be.
    keys
        Folder of keys in which the key is put, as ``<keys>/<bank>/<key>.toml``; else it lies in the bank.

    Raises
    ------
    RefusedError
        The folder holds something, its name is no id, or the model may not be copied.
    """
    _check_folder(folder)
    own = data_folder("templates") / "author" / "new_bank"
    competencies = _copied(model) if model else (own / "competencies.toml").read_text(encoding="utf-8")
    responses, emotions, style = _used(load_bank(model)) if model else (_RESPONSES, _EMOTIONS, _STYLE)
    form = f"{folder.name}-a"
    words = {"ID": folder.name, "TITLE": title or folder.name.replace("-", " ").capitalize(), "FORM": form}
    words |= {"LANGUAGE": language}
    files = {
        "bank.toml": _filled(own / "bank.toml", words),
        "competencies.toml": competencies,
        "sources.toml": _filled(own / "sources.toml", words),
        f"scenarios/{responses}/wrong-size-twice.toml": _filled(
            own / "recovery.toml", {"COMPETENCY": responses}, style=style
        ),
        f"scenarios/{emotions}/on-tomorrows-list.toml": _filled(own / "emotions.toml", {"COMPETENCY": emotions}),
        "scenarios/practice/practice-a-gift.toml": _filled(own / "practice.toml", words),
        f"forms/{form}.toml": _filled(own / "form.toml", words),
        ".gitignore": _GITIGNORE,
    }
    key = (keys / folder.name if keys else folder / "keys") / f"{KEY}.toml"
    if key.exists():
        message = f"{key} is there already; name the bank otherwise, or take that key away"
        raise RefusedError(message)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, text.encode(), OPEN_FILE)
    make_secret_folder(key.parent)
    write_whole(key, (own / "key.toml").read_bytes(), SECRET_FILE)
    return NewBank(folder, key, form)


def _check_folder(folder: Path) -> None:
    if not _ID.fullmatch(folder.name):
        message = (
            f"{folder.name!r} cannot be a bank's id; name the folder in lower-case words with hyphens between them"
        )
        raise RefusedError(message)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        message = f"{folder} is not an empty folder; nothing was written"
        raise RefusedError(message)


def _filled(path: Path, words: dict[str, str], *, style: str = "") -> str:
    """Put values in the places that a file of the example leaves for them."""
    text = path.read_text(encoding="utf-8")
    text = text.replace("@STYLE@\n", f"style = {toml_value(style)}\n" if style else "")
    for name, value in words.items():
        text = text.replace(f"@{name}@", toml_value(value))
    return text


def _copied(model: Path) -> str:
    """Return the text of another bank's competencies, if its licence line lets them be copied."""
    content = read_toml(model / "bank.toml")
    licence = content.get("licence")
    if not isinstance(licence, str) or not _FREE.fullmatch(licence.strip()):
        said = f"its licence line says {licence!r}" if licence else "it has no licence line"
        message = (
            f"The competencies of {model.name} are not copied: {said}, and only MIT, CC0 and CC-BY allow it; "
            "if you hold the rights, copy competencies.toml by hand"
        )
        raise RefusedError(message)
    heading = (
        f"# EDIT: copied from {model.name}, version {content.get('version')} (licence: {' '.join(licence.split())}).\n"
    )
    competencies = model / "competencies.toml"
    read_toml(competencies)  # within the limits of every file of a bank, or refused
    text = competencies.read_text(encoding="utf-8")
    return heading + _IRRITANTS.sub("", text)  # they rest on source rows that the new bank does not have


def _used(bank: QuestionBank) -> tuple[str, str, str]:
    """Choose the competencies and the style of the example scenarios: their own, or what the model has."""
    names = bank.model.competency_ids
    responses = _RESPONSES if _RESPONSES in names else names[0]
    emotions = _EMOTIONS if _EMOTIONS in names else names[-1]
    return responses, emotions, _STYLE if _STYLE in bank.model.styles else ""
