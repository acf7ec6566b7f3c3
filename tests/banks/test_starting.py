"""A new bank loads and holds to the rules at once; its key lies where it was asked for."""

import stat
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from eiassess._resources import data_folder
from eiassess.banks.authoring.starting import start_bank
from eiassess.banks.catalog import load_bank, load_form
from eiassess.banks.checks.checking import check_bank
from eiassess.errors import RefusedError
from tests.banks.small_bank import edit, write_small_bank

SHIPPED = data_folder("question_banks") / "service-ei"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("title", ["", 'Harbour "Foods" \\ Söhne'])
def test_it_loads_and_passes_the_check(tmp_path: Path, title: str) -> None:
    made = start_bank(tmp_path / "harbour-foods", title=title, language="en")
    loaded = load_form(made.form, (tmp_path,))
    report = check_bank(made.folder)
    assert loaded.bank.title == (title or "Harbour foods")
    assert report.errors == ()
    assert {each.rule for each in report.advice} <= {"coverage"}
    assert (mode(made.key), mode(made.key.parent)) == (0o600, 0o700)
    assert "keys/" in (made.folder / ".gitignore").read_text()


def test_every_text_to_edit_is_marked(tmp_path: Path) -> None:
    made = start_bank(tmp_path / "harbour")
    files = list(made.folder.rglob("*.toml"))
    assert len(files) == 8
    assert all("EDIT" in path.read_text(encoding="utf-8") for path in files)
    assert not [path for path in files if "@" in path.read_text(encoding="utf-8")]


def test_the_key_can_lie_outside(tmp_path: Path) -> None:
    made = start_bank(tmp_path / "banks" / "harbour", keys=tmp_path / "keys")
    assert made.key == tmp_path / "keys" / "harbour" / "own-1.toml"
    assert not (made.folder / "keys").exists()
    loaded = load_form("harbour-a", (tmp_path / "banks",), key_folders=(tmp_path / "keys",))
    assert loaded.key.id == "own-1"
    assert check_bank(made.folder, (tmp_path / "keys",)).errors == ()
    assert mode(made.key.parent) == 0o700


def test_a_model_of_another_bank_is_copied(tmp_path: Path) -> None:
    made = start_bank(tmp_path / "harbour", model=SHIPPED)
    assert load_bank(made.folder).model == replace(load_bank(SHIPPED).model, irritants={}), "they rest on its sources"
    assert check_bank(made.folder).errors == ()
    assert "copied from service-ei" in (made.folder / "competencies.toml").read_text(encoding="utf-8")


def test_a_model_with_other_competencies(tmp_path: Path) -> None:
    model = write_small_bank(tmp_path / "models" / "small")
    edit(model, "bank.toml", r"^language", 'licence = "CC BY 4.0"\nlanguage')
    text = (model / "competencies.toml").read_text(encoding="utf-8")
    other = text.replace("recovery", "first").replace("understanding-emotions", "last").replace("functional", "other")
    (model / "competencies.toml").write_text(other, encoding="utf-8")
    made = start_bank(tmp_path / "harbour", model=model)
    assert (made.folder / "scenarios" / "first" / "wrong-size-twice.toml").is_file()
    scenario = tomllib.loads((made.folder / "scenarios/first/wrong-size-twice.toml").read_text(encoding="utf-8"))
    assert "style" not in scenario
    assert load_form("harbour-a", (tmp_path,)).form.scenarios[1].competency == "last"


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("", "it has no licence line"),
        ("All rights reserved", "says 'All rights reserved'"),
        ("CC-BY-ND", "says 'CC-BY-ND'"),
        ("Mitchell Ltd", "says 'Mitchell"),
    ],
)
def test_a_model_that_may_not_be_copied(tmp_path: Path, licence: str, said: str) -> None:
    model = write_small_bank(tmp_path / "models" / "small")
    if licence:
        edit(model, "bank.toml", r"^language", f'licence = "{licence}"\nlanguage')
    with pytest.raises(RefusedError, match=said):
        start_bank(tmp_path / "harbour", model=model)
    assert not (tmp_path / "harbour").exists()


@pytest.mark.parametrize("name", ["Harbour", "harbour foods", ".harbour", "härbour"])
def test_a_name_that_is_no_id(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedError, match="cannot be a bank's id"):
        start_bank(tmp_path / name)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    for name in ("full", "file"):
        with pytest.raises(RefusedError, match="is not an empty folder"):
            start_bank(tmp_path / name)
    start_bank(tmp_path / "empty", keys=tmp_path / "keys")
    with pytest.raises(RefusedError, match="is there already"):
        start_bank(tmp_path / "again" / "empty", keys=tmp_path / "keys")
    assert not (tmp_path / "again").exists()
