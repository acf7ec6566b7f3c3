"""What is locked is pinned, hashed, and not below a version in which a flaw was mended that we know of."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
KNOWN: dict[str, Any] = tomllib.loads((REQUIREMENTS / "known-flaws.toml").read_text("utf-8"))
LOCKS = ("run", "test")
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([0-9][^ ;\\]*)")


def blocks(lock: str) -> list[str]:
    """Return each requirement of a lock with the lines that belong to it."""
    text = re.sub(r"(?m)^\s*#.*\n?", "", lock)
    return [each for each in re.split(r"\n(?=\S)", text.strip()) if each]


def pins(lock: str) -> dict[str, str]:
    return {found[1]: found[2] for each in blocks(lock) if (found := PIN.match(each))}


def loose(lock: str) -> list[str]:
    """Name the lines of a lock that do not stand for one version with its hashes."""
    return [
        each.splitlines()[0]
        for each in blocks(lock)
        if not PIN.match(each) or not re.search(r"--hash=sha256:[0-9a-f]{64}\b", each)
    ]


def flawed(lock: str) -> list[str]:
    """Name what a lock holds that is below a version in which a flaw was mended."""
    locked = pins(lock)
    return [
        f"{each['package']} {locked[each['package']]} is below {each['fixed_in']}: {each['id']}"
        for each in KNOWN["flaw"]
        if each["package"] in locked and Version(locked[each["package"]]) < Version(each["fixed_in"])
    ]


def read(kind: str) -> str:
    return (REQUIREMENTS / f"{kind}.lock").read_text("utf-8")


@pytest.mark.parametrize("kind", LOCKS)
def test_every_line_of_a_lock_is_one_version_with_its_hashes(kind: str) -> None:
    assert len(pins(read(kind))) > 40
    assert loose(read(kind)) == []


@pytest.mark.parametrize("kind", LOCKS)
def test_nothing_is_locked_below_a_version_that_mended_a_known_flaw(kind: str) -> None:
    assert flawed(read(kind)) == []


def test_a_planted_old_version_is_found() -> None:
    old = re.sub(r"(?m)^jinja2==\S+", "jinja2==3.1.5", read("run"))
    assert flawed(old) == ["jinja2 3.1.5 is below 3.1.6: CVE-2025-27516"]


@pytest.mark.parametrize("line", ["flask>=3.1", "flask==3.1.3", "flask @ file:///tmp/flask", "-e .", "flask"])
def test_a_planted_loose_line_is_found(line: str) -> None:
    assert loose(f"{read('run')}\n{line}\n") == [line]


def test_the_list_is_of_packages_that_we_lock_and_says_when_it_was_made() -> None:
    """What is no longer locked goes from the list."""
    assert isinstance(KNOWN["looked_up"], date)
    assert {each["package"] for each in KNOWN["flaw"]} <= set(pins(read("test")))
    assert all(re.fullmatch(r"CVE-\d{4}-\d{4,}|GHSA(-\w{4}){3}", each["id"]) for each in KNOWN["flaw"])
