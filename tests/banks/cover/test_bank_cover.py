"""The cover test of a bank's folder: which scenarios and key are meant, and whose file is whose."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from eiassess.banks.checks.findings import Finding, Severity
from eiassess.banks.cover.bank_cover import (
    NO_CHANCE,
    CoveredBank,
    check_cover,
    cover_bank,
    read_readers,
    run_cover_test,
)
from eiassess.errors import BankError, EIAssessError, InvalidInputError, NotFoundError
from tests.banks.cover.readings import rated
from tests.banks.pairs import BUS, DESK, SCALES, SEWING, VALUES, add_pairs, put_into_form
from tests.banks.small_bank import FORM_FILE, KEY, KEY_HEAD, LOST_KEY, OPTIONS, edit, write, write_small_bank

SINGLES = {"cold-soup", "lost-key", "late-bus", "quiet-caller"}


@pytest.fixture
def paired(tmp_path: Path) -> Path:
    return add_pairs(write_small_bank(tmp_path / "banks" / "small"))


def names(covered: CoveredBank) -> set[str]:
    return {each.id for each in covered.scenarios}


def refused(kind: type[EIAssessError], folder: Path, forms: Sequence[str] = ()) -> str:
    with pytest.raises(kind) as caught:
        cover_bank(folder, forms)
    return str(caught.value)


def test_without_forms_the_whole_bank_but_practice(paired: Path) -> None:
    covered = cover_bank(paired)
    assert names(covered) == {*SINGLES, SEWING, SCALES, DESK, BUS}
    assert {each.id for each in covered.everything} == names(covered)
    assert covered.forms == {}


def test_forms_that_are_named(paired: Path) -> None:
    put_into_form(paired, "lost-key", SEWING)
    covered = cover_bank(paired, ["small-a"])
    assert covered.forms == {"small-a": ("lost-key", SEWING)}
    assert names(covered) == {"lost-key", SEWING}
    assert len(covered.everything) == 8


def test_forms_that_the_bank_says_hold_blind(paired: Path) -> None:
    path = paired / "bank.toml"
    path.write_text(f'{path.read_text(encoding="utf-8")}\n[coverage]\nread_blind = ["small-a"]\n', encoding="utf-8")
    assert names(cover_bank(paired)) == SINGLES


def test_a_form_that_is_not_there(paired: Path) -> None:
    assert refused(NotFoundError, paired, ["smal\x1b"]) == r"The bank has no form 'smal\\x1b'; forms here: small-a"
    (paired / FORM_FILE).unlink()
    assert refused(NotFoundError, paired, ["small-a"]).endswith("forms here: none")


@pytest.mark.parametrize("held", ['"all"', '["lost-key", ["late-bus"]]', '["lost-key", "nowhere"]', "[1, 2]"])
def test_a_form_that_names_what_there_is_not(paired: Path, held: str) -> None:
    edit(paired, FORM_FILE, r"^scenarios = .*", f"scenarios = {held}")
    said = refused(BankError, paired, ["small-a"])
    assert "forms/small-a.toml" in said
    assert "scenarios" in said
    assert "bank check" in said


def test_a_bank_that_cannot_be_read(paired: Path) -> None:
    edit(paired, LOST_KEY, r"^version = .*", 'version = "one"')
    said = refused(BankError, paired)
    assert LOST_KEY in said
    assert "bank check" in said


def test_a_file_that_cannot_be_read(paired: Path) -> None:
    write(paired, LOST_KEY, "id = ")
    assert LOST_KEY in refused(BankError, paired)


def test_the_only_key_need_not_be_named(paired: Path) -> None:
    covered = cover_bank(paired)
    assert covered.key(None).id == covered.key("theory-1").id == "theory-1"


def test_of_two_keys_one_is_named(paired: Path) -> None:
    write(paired, "keys/theory-2.toml", (paired / KEY).read_text(encoding="utf-8").replace("theory-1", "theory-2"))
    covered = cover_bank(paired)
    assert covered.key("theory-2").id == "theory-2"
    for name in (None, "theory-3"):
        with pytest.raises(NotFoundError, match="Say with --key which key is meant; the bank has theory-1, theory-2"):
            covered.key(name)


def test_a_bank_without_a_key(paired: Path) -> None:
    (paired / KEY).unlink()
    with pytest.raises(NotFoundError, match="the bank has none"):
        cover_bank(paired).key(None)


def test_a_key_that_lies_outside(paired: Path, tmp_path: Path) -> None:
    keys = tmp_path / "keys" / "small"
    keys.mkdir(parents=True)
    (paired / KEY).rename(keys / "theory-1.toml")
    assert cover_bank(paired, key_folders=(keys.parent,)).key(None).id == "theory-1"


def values_of_all() -> dict[str, Sequence[float]]:
    singles = {Path(file).stem: [value for _, value, _ in options.values()] for file, options in OPTIONS.items()}
    return {**singles, **VALUES}


def written(covered: CoveredBank, folder: Path, reader: str, *, with_situation: bool = False) -> Path:
    """Write what the key says; who does not see the situations is of another mind on one option."""
    ratings = dict(rated(covered.everything, values_of_all(), with_situation=with_situation))
    if not with_situation:
        own = sorted(ratings)[sum(map(ord, reader)) % len(ratings)]
        ratings[own] += 0.5 if ratings[own] < 6 else -0.5
    folder.mkdir(exist_ok=True)
    path = folder / f"{reader}.csv"
    path.write_text("code,rating\n" + "".join(f"{code},{value}\n" for code, value in ratings.items()), encoding="utf-8")
    return path


def test_readers_are_called_by_their_files(paired: Path, tmp_path: Path) -> None:
    covered = cover_bank(paired)
    files = [written(covered, tmp_path, name, with_situation=name == "cy") for name in ("ada", "bo", "cy")]
    found = run_cover_test(covered, covered.key(None), files)
    assert found.blind is not None
    assert found.read is not None
    assert (tuple(found.blind.readers), tuple(found.read.readers)) == (("ada", "bo"), ("cy",))
    assert found.read.together.points.value == pytest.approx(100)


def test_two_readers_of_one_name(paired: Path, tmp_path: Path) -> None:
    covered = cover_bank(paired)
    files = [written(covered, tmp_path / folder, "ada") for folder in ("one", "two")]
    with pytest.raises(InvalidInputError, match="another reader's file is called 'ada' too"):
        read_readers(files, covered.key(None))


def test_one_reader_under_two_names(paired: Path, tmp_path: Path) -> None:
    covered = cover_bank(paired)
    file = written(covered, tmp_path, "ada")
    copy = file.with_name("bo.csv")
    heading, *lines = file.read_text(encoding="utf-8").splitlines()
    copy.write_text("\n".join((heading, *reversed(lines))), encoding="utf-8")
    with pytest.raises(InvalidInputError, match=r"bo\.csv: holds the very ratings of 'ada'; a reader counts once"):
        read_readers([file, copy], covered.key(None))


def test_a_few_ratings_may_be_the_same_by_chance(paired: Path, tmp_path: Path) -> None:
    covered = cover_bank(paired)
    first, *lines = written(covered, tmp_path, "ada").read_text(encoding="utf-8").splitlines()
    files = []
    for reader in ("bo", "cy"):
        path = tmp_path / f"{reader}.csv"
        path.write_text("\n".join((first, *lines[: NO_CHANCE - 1])), encoding="utf-8")
        files.append(path)
    assert set(read_readers(files, covered.key(None))) == {"bo", "cy"}


def test_a_key_that_does_not_cover_what_was_read(paired: Path, tmp_path: Path) -> None:
    covered = cover_bank(paired)
    file = written(covered, tmp_path, "ada")
    write(paired, "keys/empty-1.toml", KEY_HEAD.replace("theory-1", "empty-1") + "[scenarios]\n")
    again = cover_bank(paired)
    with pytest.raises(InvalidInputError, match="key empty-1 lacks a value for options of "):
        run_cover_test(again, again.key("empty-1"), [file])


@pytest.fixture
def sheets(paired: Path, tmp_path: Path) -> Path:
    """Three who read blind and one who saw the situations; too much is found blind."""
    folder = tmp_path / "sheets"
    for name in ("ada", "bo", "cy", "dee"):
        written(cover_bank(paired), folder, name, with_situation=name == "dee")
    return folder


def complaints(bank: Path, sheets: Path) -> list[Finding]:
    found = list(check_cover(bank, sheets))
    assert {(each.rule, each.severity) for each in found} <= {("cover", Severity.ERROR)}
    return found


def test_gates_that_are_not_met_are_findings_of_the_key(paired: Path, sheets: Path) -> None:
    found = complaints(paired, sheets)
    assert {each.file for each in found} == {KEY}
    assert any(each.message.startswith("best options found blind: ") for each in found)


def test_every_key_that_covers_what_was_read_is_held_to_the_gates(paired: Path, sheets: Path) -> None:
    head, names_of_key = (paired / KEY).read_text(encoding="utf-8"), ("theory-1", "theory-2")
    write(paired, "keys/theory-2.toml", head.replace(*names_of_key))
    write(paired, "keys/empty-1.toml", KEY_HEAD.replace("theory-1", "empty-1") + "[scenarios]\n")
    found = complaints(paired, sheets)
    assert {each.file for each in found} == {KEY, "keys/theory-2.toml"}
    for file in (KEY, "keys/theory-2.toml"):
        assert any(each.file == file and each.message.startswith("best options found") for each in found)


def test_a_key_is_named_by_its_file_and_not_by_its_id(paired: Path, sheets: Path) -> None:
    edit(paired, KEY, r'^id = "theory-1"', 'id = "other-1"')
    assert {each.file for each in complaints(paired, sheets)} == {KEY}


def test_without_a_key_that_covers_what_was_read_it_is_said(paired: Path, sheets: Path) -> None:
    (paired / KEY).unlink()
    for _ in range(2):
        (finding,) = complaints(paired, sheets)
        assert (finding.file, finding.field) == ("", "")
        assert finding.message == "no key has a value for every option that the readers' sheets are about"
        write(paired, "keys/empty-1.toml", KEY_HEAD.replace("theory-1", "empty-1") + "[scenarios]\n")


def test_a_bank_that_cannot_be_read_is_a_finding(paired: Path, sheets: Path) -> None:
    edit(paired, LOST_KEY, r"^version = .*", 'version = "one"')
    (finding,) = complaints(paired, sheets)
    assert (finding.file, finding.field) == (LOST_KEY, "version")
    assert finding.message.startswith("the readers' sheets were not looked at, since this cannot be used")


def test_a_form_to_read_blind_that_is_not_there_is_a_finding(paired: Path, sheets: Path) -> None:
    path = paired / "bank.toml"
    path.write_text(f'{path.read_text(encoding="utf-8")}\n[coverage]\nread_blind = ["small-b"]\n', encoding="utf-8")
    (finding,) = complaints(paired, sheets)
    assert (finding.file, finding.field) == ("bank.toml", "coverage.read_blind")
    assert "The bank has no form 'small-b'; forms here: small-a" in finding.message


def test_what_is_only_advice_on_files_keeps_nobody_from_looking(paired: Path, sheets: Path) -> None:
    (paired / "keys" / "notes.txt").write_text("To do.", encoding="utf-8")
    assert {each.file for each in complaints(paired, sheets)} == {KEY}


def test_a_sheet_that_cannot_be_used_is_a_finding_of_that_sheet(paired: Path, sheets: Path) -> None:
    write(paired, "keys/theory-2.toml", (paired / KEY).read_text(encoding="utf-8").replace("theory-1", "theory-2"))
    path = sheets / "more" / "eve.csv"
    path.parent.mkdir()
    path.write_text("code,rating\nabc,\n", encoding="utf-8")
    (finding,) = complaints(paired, sheets)  # once, although there are two keys
    assert finding.file == str(path)
    assert finding.message.startswith("1 of 1 row has no rating: line 2, column rating; rate every row")
    assert finding.mend == "Mend the sheet or take it out of the folder; a changed text has to be read again."


def test_a_sheet_of_another_bank_is_a_finding_of_that_sheet(paired: Path, sheets: Path) -> None:
    path = sheets / "eve.csv"
    path.write_text("code,rating\nabc,3\n", encoding="utf-8")
    (finding,) = complaints(paired, sheets)
    assert finding.file == str(path)
    assert finding.message.startswith("none of the ratings is of a text that stands in this bank")


def test_the_second_sheet_of_a_reader_is_the_one_to_mend(paired: Path, sheets: Path) -> None:
    path = sheets / "eve.csv"
    path.write_bytes((sheets / "ada.csv").read_bytes())
    (finding,) = complaints(paired, sheets)
    assert finding.file == str(path)
    assert finding.message.startswith("holds the very ratings of 'ada'")


def test_a_reader_who_rates_everything_alike_is_a_finding_of_that_sheet(paired: Path, sheets: Path) -> None:
    text = (sheets / "ada.csv").read_text(encoding="utf-8")
    flat = "".join(f"{line.partition(',')[0]},3\n" for line in text.splitlines()[1:])
    (sheets / "eve.csv").write_text(f"code,rating\n{flat}", encoding="utf-8")
    (finding,) = complaints(paired, sheets)
    assert (finding.file, finding.message.partition(":")[0]) == (str(sheets / "eve.csv"), "reader eve")


def test_a_form_of_which_nothing_can_be_said_is_a_finding_of_the_key(paired: Path, sheets: Path) -> None:
    form = (paired / FORM_FILE).read_text(encoding="utf-8").replace('id = "small-a"', 'id = "small-b"')
    write(paired, "forms/small-b.toml", form)
    edit(paired, "forms/small-b.toml", r"^scenarios = .*", f'scenarios = ["{SEWING}"]')
    path = paired / "bank.toml"
    blind = '\n[coverage]\nread_blind = ["small-a", "small-b"]\n'
    path.write_text(f"{path.read_text(encoding='utf-8')}{blind}", encoding="utf-8")
    (finding,) = complaints(paired, sheets)
    assert (finding.file, finding.message.partition(":")[0]) == (KEY, "form small-b")
    assert finding.mend.startswith("Put more scenarios into the form")
