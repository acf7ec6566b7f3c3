"""Set-up installs exactly what is locked: the lock is complete, and versions that come later change nothing."""

import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[2]
REQUIREMENTS = CHECKOUT / "requirements"


def pins(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if re.match(r"\w.*==", line)]
    split = [line.partition(";")[0].rstrip(" \\").partition("==") for line in lines]
    return {canonicalize_name(name): version.strip() for name, _, version in split}


def asked(path: Path) -> Iterator[Requirement]:
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("-r "):
            yield from asked(path.parent / text.removeprefix("-r "))
        elif text:
            yield Requirement(text)


def needed(roots: list[Requirement]) -> Iterator[Requirement]:
    """Walk what packages need, with the extras that they are asked for with, in the environment that tests run in."""
    waiting, seen = list(roots), set()
    while waiting:
        requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        yield requirement
        for text in importlib.metadata.requires(requirement.name) or ():
            below = Requirement(text)
            extras = requirement.extras or {""}
            if below.marker is None or any(below.marker.evaluate({"extra": extra}) for extra in {"", *extras}):
                waiting.append(below)


@pytest.mark.parametrize("kind", ["run", "test"])
def test_a_lock_holds_every_requirement_with_its_extras(kind: str) -> None:
    locked = pins(REQUIREMENTS / f"{kind}.lock")
    walked = list(needed(list(asked(REQUIREMENTS / f"{kind}.in"))))
    assert any(requirement.extras for requirement in walked)
    for requirement in walked:
        version = locked.get(canonicalize_name(requirement.name))
        assert version, f"{kind}.lock lacks {requirement}"
        assert requirement.specifier.contains(version, prereleases=True), f"{kind}.lock: {version} for {requirement}"


def test_what_the_project_asks_for_is_locked_in_a_version_that_it_allows() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = pins(REQUIREMENTS / "run.lock")
    for requirement in map(Requirement, project["dependencies"]):
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement


def test_what_an_extra_asks_for_is_locked_for_tests_alone() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tested, run = pins(REQUIREMENTS / "test.lock"), pins(REQUIREMENTS / "run.lock")
    asked_for = [Requirement(text) for texts in project["optional-dependencies"].values() for text in texts]
    assert {requirement.name for requirement in asked_for} == {"Authlib", "joserfc", "requests", "urllib3"}
    for requirement in asked_for:
        name = canonicalize_name(requirement.name)
        assert requirement.specifier.contains(tested[name]), requirement
        assert name not in run, requirement


def test_the_lock_for_tests_contains_the_one_for_running() -> None:
    assert pins(REQUIREMENTS / "run.lock").items() <= pins(REQUIREMENTS / "test.lock").items()


# --- Real set-ups, from a folder of wheels that also offers newer versions


def add_wheel(folder: Path, name: str, version: str, *needs: str) -> Path:
    """Make the smallest wheel that pip takes."""
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "Provides-Extra: more\n" + "".join(f"Requires-Dist: {need}\n" for need in needs)
    wheel = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {f"{name}.py": "", f"{info}/METADATA": metadata, f"{info}/WHEEL": wheel}
    record = "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"])
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(file, text)
    return path


def write_lock(path: Path, *wheels: Path) -> None:
    """Pin wheels as uv does: by name without extras, with their digests."""
    lines = []
    for wheel in wheels:
        name, version, _ = wheel.name.split("-", 2)
        lines.append(f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    path.write_text("".join(lines))


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    (root / "requirements").mkdir(parents=True)
    (root / "eiassess").mkdir()
    (root / "eiassess" / "__main__.py").write_text("print('ran')\n")
    shutil.copy(CHECKOUT / "ei", root / "ei")
    return root


def set_up(checkout: Path, wheels: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_NO_CACHE_DIR": "1"}
    command = [sys.executable, str(checkout / "ei"), "doctor"]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def installed(checkout: Path) -> set[str]:
    folder = next((checkout / ".venv").glob("lib/python*/site-packages"))
    return {path.name.removesuffix(".dist-info") for path in folder.glob("*.dist-info")}


def test_newer_versions_that_an_index_offers_change_nothing(checkout: Path, wheels: Path) -> None:
    asks = add_wheel(wheels, "asks_extra", "1.0", "has_extra[more]>=1.0")
    has = add_wheel(wheels, "has_extra", "1.0", "brought>=1.0; extra == 'more'")
    brought = add_wheel(wheels, "brought", "1.0")
    for name in ("asks_extra", "has_extra", "brought"):
        add_wheel(wheels, name, "2.0")
    write_lock(checkout / "requirements" / "run.lock", asks, has, brought)
    done = set_up(checkout, wheels)
    assert (done.returncode, done.stdout) == (0, "ran\n"), done.stderr
    pip = {name for name in installed(checkout) if name.startswith("pip-")}
    assert installed(checkout) - pip == {"asks_extra-1.0", "has_extra-1.0", "brought-1.0"}


def test_an_incomplete_lock_ends_set_up_and_is_named(checkout: Path, wheels: Path) -> None:
    asks = add_wheel(wheels, "asks", "1.0", "forgotten>=1.0")
    add_wheel(wheels, "forgotten", "1.0")
    write_lock(checkout / "requirements" / "run.lock", asks)
    done = set_up(checkout, wheels)
    assert (done.returncode, done.stdout) == (1, "")
    assert "asks 1.0 requires forgotten, which is not installed" in done.stderr
    assert "run.lock is not complete" in done.stderr
    assert not (checkout / ".venv" / "ei-stamp").exists()


def test_a_wheel_that_is_not_the_locked_one_is_refused(checkout: Path, wheels: Path) -> None:
    wheel = add_wheel(wheels, "swapped", "1.0")
    write_lock(checkout / "requirements" / "run.lock", wheel)
    add_wheel(wheels, "swapped", "1.0", "other")
    done = set_up(checkout, wheels)
    assert done.returncode == 1
    assert "DO NOT MATCH THE HASHES" in done.stderr
