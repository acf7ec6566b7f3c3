"""An import waits beside the bank until it is confirmed, and can be undone by hand from what is kept."""

import copy
import json
import shutil
import stat
from pathlib import Path

import pytest

from eiassess.banks.exchange.contents import BankContents, empty_contents, keys_alone, read_contents
from eiassess.banks.exchange.merging import is_same
from eiassess.banks.exchange.staging import Staged, confirm, find_staged, stage
from eiassess.errors import BankError, NotFoundError, RefusedError
from tests.banks.small_bank import KEY, LATE_BUS, LOST_KEY, edit, write


def changed(contents: BankContents) -> BankContents:
    after = BankContents(contents.name, copy.deepcopy(dict(contents.tree)), dict(contents.places))
    after.tree["scenarios"]["lost-key"]["title"] = "Another title"
    after.tree["keys"]["theory-1"]["scenarios"]["lost-key"]["a"]["value"] = 1.5
    return after


def staged_change(bank: Path, key_folders: tuple[Path, ...] = ()) -> Staged:
    before = read_contents(bank, key_folders)
    staged = stage(bank, before, changed(before), key_folders)
    assert staged
    return staged


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nothing_in_the_bank_changes_before_a_yes(small: Path) -> None:
    before = {path: path.read_bytes() for path in small.rglob("*.toml")}
    staged = staged_change(small)
    assert {path: path.read_bytes() for path in before} == before
    assert staged == find_staged(small)
    assert {file.target for file in staged.files} == {small / LOST_KEY, small / KEY}
    assert (staged.folder / ".gitignore").read_text() == "*\n"
    assert mode(staged.folder) == 0o700
    assert {mode(path) for path in staged.folder.glob("*.*")} <= {0o600, 0o644}
    assert is_same(read_contents(small).tree, read_contents(small).tree)


def test_a_yes_puts_the_files_in_place_and_keeps_the_old(small: Path) -> None:
    edit(small, LOST_KEY, r"\A", "# Written by Ada.\n")
    old = {name: (small / name).read_bytes() for name in (LOST_KEY, KEY)}
    untouched = (small / LATE_BUS).stat().st_mtime_ns
    staged = staged_change(small)
    (kept,) = confirm(small, staged)
    assert {name: (kept / name).read_bytes() for name in old} == old
    assert is_same(read_contents(small).tree["scenarios"]["lost-key"]["title"], "Another title")
    assert (small / LOST_KEY).read_text().startswith("# Written by Ada.\nid = ")
    assert (mode(small / KEY), mode(kept / KEY), mode(kept)) == (0o600, 0o600, 0o700)
    assert (small / LATE_BUS).stat().st_mtime_ns == untouched
    assert not staged.folder.exists()
    with pytest.raises(NotFoundError, match="no import waits here"):
        find_staged(small)


def test_the_same_again_is_nothing(small: Path) -> None:
    contents = read_contents(small)
    assert stage(small, contents, contents) is None


def test_a_key_outside_stays_outside(small: Path, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    write(keys, "small/theory-1.toml", (small / KEY).read_text())
    (small / KEY).unlink()
    staged = staged_change(small, (keys,))
    assert not list(small.rglob("*theory-1.toml"))
    kept = confirm(small, find_staged(small, (keys,)))
    assert staged.folder.parent == small
    assert not list(small.rglob("*theory-1.toml"))
    assert {folder.parent for folder in kept} == {small, keys / "small"}
    assert read_contents(small, (keys,)).tree["keys"]["theory-1"]["scenarios"]["lost-key"]["a"]["value"] == 1.5
    assert mode(keys / "small" / "theory-1.toml") == 0o600


def test_a_new_key_goes_to_the_first_key_folder(small: Path, tmp_path: Path) -> None:
    keys, new = tmp_path / "keys", tmp_path / "new" / "small"
    contents = read_contents(small)
    staged = stage(new, empty_contents("small"), contents, (keys,))
    assert staged
    assert confirm(new, staged) == ()
    assert (keys / "small" / "theory-1.toml").is_file()
    assert not (new / "keys").exists()
    assert set(keys_alone(new, (keys,)).tree["keys"]) == {"theory-1"}


def test_what_was_edited_meanwhile_is_not_overwritten(small: Path) -> None:
    staged = staged_change(small)
    edit(small, KEY, r"^version = 1", "version = 2")
    with pytest.raises(RefusedError, match=r"theory-1.toml has changed since the import was read"):
        confirm(small, staged)
    assert "Another title" not in (small / LOST_KEY).read_text()


def test_a_scenario_moves_with_its_competency(small: Path) -> None:
    before = read_contents(small)
    after = BankContents(before.name, copy.deepcopy(dict(before.tree)), {})
    after.tree["scenarios"]["lost-key"]["competency"] = "understanding-emotions"
    staged = stage(small, before, after)
    assert staged
    (kept,) = confirm(small, find_staged(small))
    assert not (small / LOST_KEY).exists()
    assert (small / "scenarios/understanding-emotions/lost-key.toml").is_file()
    assert (kept / LOST_KEY).is_file()


def test_the_newest_import_is_taken(small: Path) -> None:
    first, second = staged_change(small), staged_change(small)
    assert find_staged(small) == second
    assert second.folder.name != first.folder.name


def test_an_import_that_somebody_sent_along_writes_nowhere_else(small: Path, tmp_path: Path) -> None:
    staged = staged_change(small)
    listed = json.loads((staged.folder / "import.json").read_text())
    listed[0]["target"] = str(tmp_path / "elsewhere.toml")
    (staged.folder / "import.json").write_text(json.dumps(listed))
    with pytest.raises(RefusedError, match=r"elsewhere.toml lies neither in the bank nor"):
        find_staged(small)


ODD_PLACE = b'[{"target": "a\\u0000", "staged": null, "before": "", "secret": false}]'


@pytest.mark.parametrize("listed", [b"{", b"[]", b"[1]", b'[{"target": 1}]', b"[[[]]]", b"\xff", ODD_PLACE])
def test_a_list_that_is_none_is_one_line(small: Path, listed: bytes) -> None:
    staged = staged_change(small)
    (staged.folder / "import.json").write_bytes(listed)
    with pytest.raises(RefusedError, match=r"import.json: cannot be read; take its folder away and import again"):
        find_staged(small)


@pytest.mark.parametrize("number", ["1", "2"])
def test_an_import_that_somebody_sent_along_moves_no_key(small: Path, tmp_path: Path, number: str) -> None:
    """Neither another bank's, nor one of this bank that waits in an import of the same number."""
    staged = staged_change(small)
    keys = tmp_path / "keys"
    secret = keys / ("other" if number == "1" else f"small/{staged.folder.name}") / "theory-1.toml"
    secret.parent.mkdir(parents=True)
    secret.write_text("secret")
    listed = json.loads((staged.folder / "import.json").read_text())
    listed[0] |= {"target": str(small / "forms" / "taken.toml"), "staged": str(secret), "before": "", "secret": False}
    (staged.folder / "import.json").write_text(json.dumps(listed))
    with pytest.raises(RefusedError, match=r"theory-1.toml lies neither in the bank nor"):
        find_staged(small, (keys,))


def test_an_import_that_somebody_sent_along_plants_no_key_for_another_bank(small: Path, tmp_path: Path) -> None:
    staged = staged_change(small)
    listed = json.loads((staged.folder / "import.json").read_text())
    listed[0]["target"] = str(tmp_path / "keys" / "other" / "theory-2.toml")
    (staged.folder / "import.json").write_text(json.dumps(listed))
    with pytest.raises(RefusedError, match=r"theory-2.toml lies neither in the bank nor"):
        find_staged(small, (tmp_path / "keys",))


def test_what_is_listed_as_open_may_still_be_a_key(small: Path) -> None:
    before = read_contents(small)
    after = copy.deepcopy(before)
    after.tree["keys"]["theory-1"]["version"] = 2
    staged = stage(small, before, after)
    assert staged
    listed = json.loads((staged.folder / "import.json").read_text())
    listed[0]["secret"] = False
    (staged.folder / "import.json").write_text(json.dumps(listed))
    confirm(small, find_staged(small))
    assert mode(small / KEY) == 0o600


@pytest.mark.parametrize("room", ["scenarios", "forms"])
def test_nothing_is_written_through_a_link_that_leads_outside(small: Path, tmp_path: Path, room: str) -> None:
    before = read_contents(small)
    after = copy.deepcopy(before)
    after.tree["scenarios"]["lost-key"]["title"] = "Another title"
    after.tree["forms"]["small-a"]["title"] = "Another title"
    shutil.move(small / room, tmp_path / "outside")
    (small / room).symlink_to(tmp_path / "outside")
    with pytest.raises(RefusedError, match=rf"{room}/.* lies neither in the bank nor in a folder of EIASSESS_KEYS"):
        stage(small, before, after)
    assert not list(small.glob(".import-*"))


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (LOST_KEY, "id = ", "lost-key.toml: is not TOML"),
        ("bank.toml", None, "bank.toml: is missing"),
        (LOST_KEY, 'id = "other"', "id: expected 'lost-key'"),
        ("scenarios/understanding-emotions/lost-key.toml", 'id = "lost-key"', "recovery/lost-key.toml has the same"),
    ],
)
def test_a_bank_that_cannot_be_read_is_said(small: Path, file: str, text: str | None, said: str) -> None:
    if text is None:
        (small / file).unlink()
    else:
        write(small, file, text)
    with pytest.raises(BankError, match=said):
        read_contents(small)
