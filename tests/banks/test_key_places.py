"""Where keys are found, and whether that is a safe place for them."""

from pathlib import Path

import pytest

from eiassess.banks.catalog import find_key, load_form, load_key
from eiassess.banks.checks.checking import check_bank
from eiassess.banks.keys.places import key_places
from tests.banks.small_bank import FORM, KEY, edit, write, write_small_bank


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_bank(tmp_path / "banks" / "small")


def test_a_key_folder_goes_before_the_bank(small: Path, tmp_path: Path) -> None:
    keys = (tmp_path / "none", tmp_path / "first", tmp_path / "second")
    text = (small / KEY).read_text()
    write(tmp_path / "first", "small/theory-1.toml", text.replace("version = 1", "version = 7"))
    write(tmp_path / "second", "small/theory-1.toml", text.replace("version = 1", "version = 8"))
    assert load_form(FORM, (small.parent,), key_folders=keys).key.version == 7
    assert load_form(FORM, (small.parent,)).key.version == 1
    assert load_key(small, "theory-1", key_folders=keys).version == 7
    assert find_key(small, "theory-1", keys[:1]) == small / KEY


def test_the_check_looks_there_too(small: Path, tmp_path: Path) -> None:
    write(tmp_path / "keys", "small/theory-1.toml", (small / KEY).read_text())
    edit(tmp_path / "keys" / "small", "theory-1.toml", r"^value = 1.0", "value = 9")
    report = check_bank(small, (tmp_path / "keys", tmp_path / "none"))
    assert [(each.file, each.field) for each in report.errors] == [(KEY, "scenarios.lost-key.a.value")]
    write(tmp_path / "keys", "small/theory-1.toml", "id = ")
    assert (KEY, "file") in [(each.file, each.rule) for each in check_bank(small, (tmp_path / "keys",)).errors]


def test_a_safe_place_has_nothing_against_it(small: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "keys", "small/theory-1.toml", (small / KEY).read_text())
    path.chmod(0o600)
    (small / KEY).unlink()
    (place,) = key_places((small.parent,), (tmp_path / "keys",))
    assert (place.bank, place.key, place.path, place.advice) == ("small", "theory-1", path, "")


def test_a_work_tree_and_open_permissions_are_advised_against(small: Path, tmp_path: Path) -> None:
    (tmp_path / "banks" / ".git").mkdir()
    (small / KEY).chmod(0o644)
    (place,) = key_places((small.parent,), ())
    assert f"lies in the git work tree {tmp_path / 'banks'}; move it to" in place.advice
    assert f"others on this machine can read it; run: chmod 600 {small / KEY}" in place.advice
