"""No file of the repository names a package registry's address: whoever installs says where from."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Put together here, or this file would be the one that is found.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("anaconda", "org"),
        ("anaconda", "com"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
        ("crates", "io"),
    )
)
OPTIONS = tuple(f"--{name}" for name in ("index-url", "extra-index-url", "find-links", "trusted-host"))
NOT_OURS = {".git", ".hypothesis", "node_modules", "__pycache__", "instance", "dist", "build"}


def files(folder: Path = ROOT) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        environment = (path / "pyvenv.cfg").exists()
        if path.name in NOT_OURS or path.name.endswith("_cache") or path.is_symlink() or environment:
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def test_the_walk_finds_the_lock_files() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in files()}
    assert {"requirements/run.lock", "requirements/test.lock", "pyproject.toml", "ei", ".ci/run"} <= names


def test_no_file_names_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in files()
        for name in REGISTRIES
        if name.encode() in path.read_bytes().lower()
    ]
    assert found == []


def test_no_lock_file_says_where_packages_come_from() -> None:
    for path in (ROOT / "requirements").iterdir():
        lines = path.read_text("utf-8").splitlines()
        assert not [line for line in lines if line.strip().startswith(OPTIONS) or "://" in line], path.name
