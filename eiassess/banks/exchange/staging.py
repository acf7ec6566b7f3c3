"""Changes to a bank that wait beside it until somebody says yes; what they replace is kept."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from eiassess.banks.catalog import BANK_FILES, find_key
from eiassess.banks.exchange.contents import KEYS, ROOMS, BankContents
from eiassess.banks.exchange.merging import is_same
from eiassess.banks.nesting import is_nested_deeper
from eiassess.banks.writing import leading_comment, toml_text
from eiassess.errors import NotFoundError, RefusedError
from eiassess.whole_files import OPEN_FILE, SECRET_FILE, write_whole

FILES_IN_A_LIST = 2
"""How deep an import's list is: a list of tables."""

STAGED, REPLACED, LIST = ".import-", ".replaced-", "import.json"
SECRET_FOLDER = 0o700


@dataclass(frozen=True)
class StagedFile:
    """A file that waits.

    Parameters
    ----------
    target
        Where it goes.
    staged
        Where it waits; ``None`` if the target is to go away.
    before
        SHA-256 of what lay at the target when this was staged; empty for nothing.
    secret
        Whether it is a key.
    """

    target: Path
    staged: Path | None
    before: str
    secret: bool


@dataclass(frozen=True)
class Staged:
    """An import that waits: its folder and its files."""

    folder: Path
    files: tuple[StagedFile, ...]


def stage(bank: Path, before: BankContents, after: BankContents, key_folders: tuple[Path, ...] = ()) -> Staged | None:
    """Write what would change beside the bank; keys wait beside the keys. Nothing to change is ``None``.

    Raises
    ------
    RefusedError
        A file would be written through a link that leads out of the bank and its folders of keys.
    """
    changed = [part for part in _parts(after) if not is_same(_content(before, *part), _content(after, *part))]
    texts = {_target(bank, after, part, key_folders): _content(after, *part) for part in changed}
    gone = [path for path in _moved(bank, before, after) if path not in texts]
    if not texts and not gone:
        return None
    _require_inside(bank, key_folders, [*texts, *gone], "mend that")
    bank.mkdir(parents=True, exist_ok=True)
    folder = _room(bank / _new_name(bank, STAGED))
    files = []
    for number, (target, content) in enumerate(texts.items(), 1):
        room = _waiting_room(bank, folder, target)
        if room != folder:
            _room(room)
        staged = room / f"{number}-{target.name}"
        heading = leading_comment(target.read_text(encoding="utf-8")) if target.exists() else ""
        write_whole(staged, toml_text(content or {}, heading).encode(), SECRET_FILE)
        files.append(StagedFile(target, staged, _digest(target), _is_secret(bank, target)))
    files += [StagedFile(path, None, _digest(path), secret=False) for path in gone]
    _write_list(folder, files)
    return Staged(folder, tuple(files))


def _parts(contents: BankContents) -> list[tuple[str, str]]:
    return [*((name, "") for name in BANK_FILES), *((room, name) for room in ROOMS for name in contents.tree[room])]


def _content(contents: BankContents, section: str, name: str) -> dict[str, object] | None:
    return contents.tree[section].get(name) if section in ROOMS else contents.tree[section] or None


def _target(bank: Path, after: BankContents, part: tuple[str, str], key_folders: tuple[Path, ...]) -> Path:
    if part[0] == KEYS:
        return key_target(bank, part[1], key_folders)
    return bank / after.file_of(*part)


def key_target(bank: Path, key_id: str, key_folders: tuple[Path, ...]) -> Path:
    """Say where a key is to be written: where it lies, else in the first key folder, else in the bank."""
    there = find_key(bank, key_id, key_folders)
    if there.is_file() or not key_folders:
        return there
    return key_folders[0].absolute() / bank.name / f"{key_id}.toml"


def _moved(bank: Path, before: BankContents, after: BankContents) -> list[Path]:
    """List files of scenarios and forms that lie elsewhere afterwards, or nowhere."""
    old, new = (
        {bank / contents.file_of(room, name): None for room in ROOMS if room != KEYS for name in contents.tree[room]}
        for contents in (before, after)
    )
    return [path for path in old if path not in new]


def find_staged(bank: Path, key_folders: tuple[Path, ...] = ()) -> Staged:
    """Find the newest import that waits.

    Raises
    ------
    NotFoundError
        None does.
    RefusedError
        It would write outside the bank and the folders of keys: it is not of this installation.
    """
    folders = sorted(bank.glob(f"{STAGED}*/{LIST}"), key=lambda path: _number(path.parent, STAGED))
    if not folders:
        message = f"{bank}: no import waits here; run first: eiassess bank import FILE {bank}"
        raise NotFoundError(message)
    files = _read_list(bank, folders[-1])
    places = [path for file in files for path in (file.target, file.staged) if path]
    _require_inside(bank, key_folders, places, "import again")
    for file in files:
        if file.staged and file.staged.parent != _waiting_room(bank, folders[-1].parent, file.target):
            _refuse_place(file.staged, "import again")
    return Staged(folders[-1].parent, files)


def _read_list(bank: Path, path: Path) -> tuple[StagedFile, ...]:
    """Read which files wait; whether one is a key is seen from its place, as somebody may have sent the list along."""
    try:
        text = path.read_bytes().decode()
        listed = () if is_nested_deeper(text, FILES_IN_A_LIST) else json.loads(text)
        files = tuple(_listed_file(bank, each) for each in listed)
    except (ValueError, TypeError, KeyError):
        files = ()
    if not files:
        message = f"{path}: cannot be read; take its folder away and import again"
        raise RefusedError(message)
    return files


def _listed_file(bank: Path, each: dict[str, str]) -> StagedFile:
    target, staged = Path(each["target"]), Path(each["staged"]) if each["staged"] else None
    for path in filter(None, (target, staged)):
        path.resolve()  # says now that no file can have such a name
    return StagedFile(target, staged, each["before"], _is_secret(bank, target))


def _require_inside(bank: Path, key_folders: tuple[Path, ...], places: Iterable[Path], mend: str) -> None:
    allowed = [folder.resolve() for folder in (bank, *(folder / bank.name for folder in key_folders))]
    for path in places:
        if not any(path.resolve().is_relative_to(folder) for folder in allowed):
            _refuse_place(path, mend)


def _refuse_place(path: Path, mend: str) -> NoReturn:
    message = f"{path} lies neither in the bank nor in a folder of EIASSESS_KEYS for it; {mend}"
    raise RefusedError(message)


def _is_secret(bank: Path, target: Path) -> bool:
    return target.parent.name == KEYS or not target.is_relative_to(bank)


def _waiting_room(bank: Path, folder: Path, target: Path) -> Path:
    """Say where a file waits: in the import's folder, or, for a key outside, in one of that name beside it."""
    return folder if target.is_relative_to(bank) else target.parent / folder.name


def confirm(bank: Path, staged: Staged) -> tuple[Path, ...]:
    """Put the files in place, each whole or not at all; return the folders with what they replaced.

    Raises
    ------
    RefusedError
        A file was edited, or came or went, since the import was staged.
    """
    for file in staged.files:
        if _digest(file.target) != file.before:
            message = f"{file.target} has changed since the import was read; import the workbook again"
            raise RefusedError(message)
    name = _new_name(bank, REPLACED)
    kept = {_keep(bank, name, file): None for file in staged.files if file.target.exists()}
    for file in staged.files:
        _put(file)
    _clear(staged)
    return tuple(kept)


def _keep(bank: Path, name: str, file: StagedFile) -> Path:
    """Keep what is replaced; a key that lies outside is kept beside itself, never in the bank."""
    beside = bank if file.target.is_relative_to(bank) else file.target.parent
    room = _room(beside / name)
    copy = room / file.target.relative_to(beside)
    make_secret_folder(copy.parent)
    write_whole(copy, file.target.read_bytes(), SECRET_FILE)
    return room


def _put(file: StagedFile) -> None:
    if file.staged is None:
        file.target.unlink()
        return
    if file.secret:
        make_secret_folder(file.target.parent)
    else:
        file.target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file.target, file.staged.read_bytes(), SECRET_FILE if file.secret else OPEN_FILE)


def _clear(staged: Staged) -> None:
    (staged.folder / LIST).unlink()
    for path in [each.staged for each in staged.files if each.staged]:
        path.unlink()
    for folder in {staged.folder, *(each.staged.parent for each in staged.files if each.staged)}:
        (folder / ".gitignore").unlink(missing_ok=True)
        folder.rmdir()


def make_secret_folder(folder: Path) -> None:
    """Make a folder that only its owner can enter; one that is there stays as it is."""
    folder.mkdir(mode=SECRET_FOLDER, parents=True, exist_ok=True)


def _new_name(bank: Path, start: str) -> str:
    taken = [_number(path, kind) for kind in (STAGED, REPLACED) for path in bank.glob(f"{kind}*")]
    return f"{start}{max(taken, default=0) + 1}"


def _number(folder: Path, start: str) -> int:
    digits = folder.name.removeprefix(start)
    return int(digits) if digits.isdecimal() else 0


def _room(folder: Path) -> Path:
    """Make a folder that no version control takes in: it may hold keys."""
    make_secret_folder(folder)
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    return folder


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _write_list(folder: Path, files: list[StagedFile]) -> None:
    listed = [
        {
            "target": str(file.target),
            "staged": str(file.staged) if file.staged else None,
            "before": file.before,
            "secret": file.secret,
        }
        for file in files
    ]
    write_whole(folder / LIST, json.dumps(listed, indent=1).encode(), SECRET_FILE)
