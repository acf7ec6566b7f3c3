"""Reading a bank's folder without trusting it: each file once, within limits, nothing outside, nothing that hangs."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from eiassess.banks.catalog import BANK_FILES
from eiassess.banks.checks.findings import Finding, advice, error, printable
from eiassess.banks.checks.toml_text import UnusableError, parse
from eiassess.banks.toml_files import MAX_FILE_BYTES

MAX_FILES = 2_000
MAX_TOTAL_BYTES = 10_000_000
SCENARIOS, KEYS, FORMS = "scenarios", "keys", "forms"
RULE, LINK, STRAY, LIMIT = "file", "file-link", "file-stray", "file-limit"
ENDING = ".toml"
NO_FILE = "is no file"

Tables = dict[str, dict[str, Any] | None]
"""Content of each file by its path from the bank's folder on; ``None`` if it could not be read."""


@dataclass(frozen=True)
class BankFiles:
    """What a bank's folder holds: the content of its files, and what is wrong with the files as such."""

    name: str
    tables: Tables
    findings: tuple[Finding, ...]

    @property
    def is_usable(self) -> bool:
        """Whether there is any scenario to check."""
        return any(content is not None for name, content in self.tables.items() if name.startswith(f"{SCENARIOS}/"))

    def within(self, folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give the files of a folder that could be read."""
        for name, content in self.tables.items():
            if content is not None and name.startswith(f"{folder}/"):
                yield name, content


@dataclass
class _Walk:
    root: str
    findings: list[Finding] = field(default_factory=list)
    tables: Tables = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    entries: int = 0
    bytes: int = 0
    stopped: bool = False


def read_bank_files(folder: Path, key_folders: tuple[Path, ...] = ()) -> BankFiles:
    """Read every file of a bank, each at most once, and the keys of it that lie in key folders."""
    walk = _Walk(os.path.realpath(folder))
    for name in BANK_FILES:
        _read(walk, f"{name}{ENDING}")
    for entry in _entries(walk, SCENARIOS):
        _scenario_entry(walk, entry)
    for room in (KEYS, FORMS):
        for entry in _entries(walk, room) if os.path.lexists(Path(walk.root, room)) else ():
            _file_entry(walk, f"{room}/{entry.name}", entry)
    for key_folder in reversed(key_folders):
        _keys_outside(walk, key_folder)
    return BankFiles(Path(walk.root).name, walk.tables, tuple(walk.findings))


def _keys_outside(walk: _Walk, key_folder: Path) -> None:
    """Read a key folder's keys of the bank: each stands before one of that name in the bank, or in a later folder."""
    outside = _Walk(os.path.realpath(key_folder / Path(walk.root).name))
    for entry in _entries(outside, ".") if os.path.lexists(outside.root) else ():
        _file_entry(outside, entry.name, entry)
    walk.tables |= {f"{KEYS}/{name}": table for name, table in outside.tables.items()}
    walk.findings += [replace(each, file=f"{KEYS}/{each.file}") for each in outside.findings]


def _scenario_entry(walk: _Walk, entry: "os.DirEntry[str]") -> None:
    """Read a competency's folder; a file beside the folders would never be found by the product."""
    name = f"{SCENARIOS}/{entry.name}"
    if entry.name.endswith(ENDING):
        said = "is not in a competency's folder: the product does not find it"
        walk.findings.append(
            error(printable(name), "", STRAY, said, "Move it to scenarios/<competency>/ or to scenarios/practice/.")
        )
    elif not os.path.isdir(entry.path):  # noqa: PTH112 - takes every odd thing for no folder, where others raise
        _stray(walk, name)
    else:
        for inner in _entries(walk, name):
            _file_entry(walk, f"{name}/{inner.name}", inner)


def _file_entry(walk: _Walk, name: str, entry: "os.DirEntry[str]") -> None:
    if entry.name.endswith(ENDING):
        _read(walk, name)
    else:
        _stray(walk, name)


def _stray(walk: _Walk, name: str) -> None:
    if not Path(name).name.startswith("."):
        said = "is no .toml file where one belongs: the product does not read it"
        walk.findings.append(advice(printable(name), "", STRAY, said, "Take it out, or name it as a TOML file."))


def _entries(walk: _Walk, folder: str) -> Iterator["os.DirEntry[str]"]:
    """List a folder by name, until there are too many."""
    if walk.stopped or not _is_inside(walk, folder):
        return
    try:
        with os.scandir(Path(walk.root, folder)) as entries:
            # one more than is let through, so that the limit is noticed; the rest is never listed
            found = sorted((entry for entry, _ in zip(entries, range(MAX_FILES + 1), strict=False)), key=_name)
    except OSError as problem:
        said = f"cannot be listed: {problem.strerror}"
        mend = "Make it a folder that you may read."
        walk.findings.append(error(printable(folder), "", RULE, said, mend))
        return
    for entry in found:
        walk.entries += 1
        if walk.entries > MAX_FILES:
            _stop(walk, f"the bank has more than {MAX_FILES:,} files; the rest was not read")
            return
        yield entry


def _name(entry: "os.DirEntry[str]") -> str:
    return entry.name


def _stop(walk: _Walk, said: str) -> None:
    if not walk.stopped:
        walk.findings.append(error("", "", LIMIT, said, "Split the bank, or take out what does not belong to it."))
    walk.stopped = True


def _is_inside(walk: _Walk, name: str) -> bool:
    """Say whether a path stays in the bank once its links are followed; complain if not."""
    path = Path(walk.root, name)
    try:
        inside = Path(os.path.realpath(path, strict=True)).is_relative_to(walk.root)
    except FileNotFoundError:
        return _missing(walk, name, is_link=path.is_symlink())
    except OSError as problem:
        walk.findings.append(
            error(printable(name), "", LINK, f"cannot be followed: {problem.strerror}", "Put the file itself here.")
        )
        return False
    if not inside:
        said = "leads outside the bank's folder; it was not read"
        walk.findings.append(error(printable(name), "", LINK, said, "Put the file itself here."))
    return inside


def _missing(walk: _Walk, name: str, *, is_link: bool) -> bool:
    mend = "Put the file itself here." if is_link else "Write it; docs/question-banks.md says what belongs in it."
    said = "leads to nothing" if is_link else "is missing"
    walk.findings.append(error(printable(name), "", LINK if is_link else RULE, said, mend))
    return False


def _read(walk: _Walk, name: str) -> None:
    if walk.stopped or not _is_inside(walk, name) or not _is_new(walk, name):
        return
    shown = printable(name)
    try:
        content = parse(_bytes(walk, name), shown)
    except UnusableError as problem:
        walk.tables[shown] = None
        walk.findings.append(error(shown, "", RULE, str(problem), problem.mend))
    except OSError as problem:
        walk.tables[shown] = None
        said = f"cannot be read: {problem.strerror}"
        walk.findings.append(error(shown, "", RULE, said, "Make it a file that you may read."))
    else:
        walk.findings.extend(content.findings)
        walk.tables[shown] = content.table


def _is_new(walk: _Walk, name: str) -> bool:
    """Say whether a file was not read under another name; complain if it was."""
    other = walk.read.setdefault(os.path.realpath(Path(walk.root, name)), name)
    if other != name:
        said = f"is the same file as {printable(other)}"
        walk.findings.append(error(printable(name), "", LINK, said, "Take the link out."))
    return other == name


def _bytes(walk: _Walk, name: str) -> bytes:
    """Read a file that is one: opened without waiting, since a pipe would wait for ever for its writer.

    Raises
    ------
    UnusableError
        It is no file, or too large.
    OSError
        It cannot be read.
    """
    path = os.path.realpath(Path(walk.root, name))
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnusableError(NO_FILE, "Put a TOML file in its place.")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(MAX_FILE_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(content) > MAX_FILE_BYTES:
        said = f"is larger than {MAX_FILE_BYTES:,} bytes; it was not read"
        raise UnusableError(said, "Split it, or take out what is too much.")
    walk.bytes += len(content)
    if walk.bytes > MAX_TOTAL_BYTES:
        _stop(walk, f"the bank's files are larger than {MAX_TOTAL_BYTES:,} bytes together; the rest was not read")
    return content
