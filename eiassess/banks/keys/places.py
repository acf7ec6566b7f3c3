"""Where the keys of an installation's own banks lie, and whether that is a safe place."""

from dataclasses import dataclass
from pathlib import Path

from eiassess.banks.catalog import find_key

OTHERS = 0o077


@dataclass(frozen=True)
class KeyPlace:
    """A key of a bank, its file, and what speaks against the place; empty if nothing does."""

    bank: str
    key: str
    path: Path
    advice: str


def key_places(bank_folders: tuple[Path, ...], key_folders: tuple[Path, ...]) -> tuple[KeyPlace, ...]:
    """List the keys of the banks in some folders, those that lie outside their bank among them."""
    banks = [bank.parent.resolve() for folder in bank_folders for bank in sorted(folder.glob("*/bank.toml"))]
    return tuple(
        _place(bank, key, find_key(bank, key, key_folders)) for bank in banks for key in _keys(bank, key_folders)
    )


def _keys(bank: Path, key_folders: tuple[Path, ...]) -> list[str]:
    rooms = (bank / "keys", *(folder / bank.name for folder in key_folders))
    return sorted({path.stem for room in rooms for path in room.glob("*.toml")})


def _place(bank: Path, key: str, path: Path) -> KeyPlace:
    return KeyPlace(bank.name, key, path, "; ".join(_advice(path)))


def _advice(path: Path) -> list[str]:
    said = []
    tree = next((folder for folder in path.resolve().parents if (folder / ".git").exists()), None)
    if tree:
        said.append(
            f"lies in the git work tree {tree}; move it to <folder>/<bank>/ outside, and name <folder> in EIASSESS_KEYS"
        )
    if path.stat().st_mode & OTHERS:
        said.append(f"others on this machine can read it; run: chmod 600 {path}")
    return said
