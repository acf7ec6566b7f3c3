"""Whatever a bank's folder holds, the check ends with findings: no crash, no hang, nothing read outside."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eiassess.banks.checks.checking import check_bank
from eiassess.banks.checks.findings import SHOWN_A_FILE, error, in_order
from eiassess.banks.toml_files import MAX_FILE_BYTES
from tests.banks.checks.finding import found, said
from tests.banks.small_bank import COLD_SOUP, FORM_FILE, KEY, LATE_BUS, LOST_KEY, PRACTICE, edit, write

EVERY_FILE = ["bank.toml", "competencies.toml", "sources.toml", KEY, FORM_FILE, LOST_KEY, PRACTICE]


def fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BYTES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", ""),
    "no toml": (b"id = ", "is not TOML"),
    "latin-1": (b'\nid = "caf\xe9"', "is not UTF-8 text (line 2)"),
    "utf-16": ('id = "a"'.encode("utf-16"), "is UTF-16 text"),
    "utf-16 without a mark": ('id = "a"'.encode("utf-16-le"), "NUL bytes"),
    "nul": (b'id = "a\0"', "NUL bytes"),
    "noise": (bytes(range(1, 128)) * 100, "is not TOML"),
    "deep but read": (b"id = " + b"[" * 40 + b"]" * 40, ""),
    "deep options": (b"options = [" + b"{x=" * 38 + b"1" + b"}" * 38 + b"]", ""),
    "huge integer": (b"version = " + b"9" * 5_000, "is not TOML"),
    "huge hexadecimal": (b"version = 0x" + b"f" * 5_000, ""),
    "huge scale": (b"scale = [0, 999999999]\nminimum = 0\nmaximum = 999999999", ""),
    "huge bank scale": (b'[scales.responses]\nminimum = 0\nmaximum = 999999999\nlabels = ["a"]\nquestion = "b"', ""),
    "not numbers": (b"version = nan\nscale = [-inf, inf]", ""),
    "dates": (b"id = 2026-11-22\nversion = 10:30:00\nsources = [2026-11-22T10:30:00Z]", ""),
    "tables for texts": (b'id = {a = 1}\nkind = {a = 1}\noptions = {a = 1}\nscenarios = "a"\nformat = [1]', ""),
    "texts for tables": (b'options = ["a"]\nscales = "a"\nsources = "a"\ncompetencies = 1\nnotice = []', ""),
    "null bytes for ids": (b'id = "\\u0000\\u001b[2J"\ntitle = "\\u001b[31m"', ""),
    "long text": (b'situation = "' + b"a " * 2_001 + b'"\nkind = "' + b"a" * 4_001 + b'"', ""),
    "only stops": (b'situation = "' + b"." * 4000 + b'"', ""),
    "many options": (b'[[options]]\nid = "a"\ntext = "b"\n' * 21, ""),
    "many credits": (b"".join(b"[scenarios.s%d.a]\nvalue = 9\n" % number for number in range(61)), ""),
    "many names": (b'scenarios = ["a%d"]' % 1 + b"\npractice = [" + b'"practice-wet-coat",' * 201 + b"]", ""),
    "odd names": (b'["\\u001b[2J"."\\u202e"]\na = 1\n[scenarios."\\u001b"."\\n"]\nvalue = 1', ""),
}


@pytest.mark.parametrize("file", EVERY_FILE)
@pytest.mark.parametrize("content", BYTES)
def test_hostile_content_is_found_in_any_file(small: Path, file: str, content: str) -> None:
    data, message = BYTES[content]
    (small / file).write_bytes(data)
    report = check_bank(small)
    of_file = [finding for finding in report.errors if finding.file == file]
    assert of_file
    assert not message or any(message in finding.message for finding in of_file)
    shown = "".join(f"{each.file}{each.field}{each.message}{each.mend}" for each in report.findings)
    assert shown.isprintable()
    assert len(report.findings) < 8 * SHOWN_A_FILE


@pytest.mark.parametrize("file", EVERY_FILE)
@pytest.mark.parametrize(
    ("make", "message"), [(fifo, "is no file"), (folder, "is no file"), (Path.unlink, "is missing")]
)
def test_what_is_no_file(small: Path, file: str, make: Callable[[Path], None], message: str) -> None:
    make(small / file)
    report = check_bank(small)
    assert report.usable
    assert report.findings
    of_file = [each.message for each in report.errors if each.file == file]
    assert message in of_file or file in {KEY, FORM_FILE, LOST_KEY, PRACTICE}


def test_every_file_is_read_as_far_as_it_can_be(small: Path) -> None:
    edit(small, LOST_KEY, r"^title = .*\n", "")
    edit(small, LOST_KEY, r"^version = 1", 'version = "1"')
    edit(small, LOST_KEY, r'^id = "a"\ntext = .*', 'id = "a"\ntext = 7\nnote = 1')
    edit(small, LOST_KEY, r'^id = "b"\ntext = .*', 'id = "b"\ntext = "Unfortunately"')
    fields = [(each.rule, each.field) for each in check_bank(small).errors if each.file == LOST_KEY]
    assert fields == [
        ("banned-word", "options[2].text"),
        ("field", "options[1].note"),
        ("field", "options[1].text"),
        ("field", "title"),
        ("field", "version"),
        ("option-length", "options[2].text"),
    ]


def test_a_byte_order_mark_is_an_error_and_the_rest_is_checked(small: Path) -> None:
    edit(small, LOST_KEY, r'^text = "You ask', 'text = "Unfortunately, you ask')
    (small / LOST_KEY).write_bytes(b"\xef\xbb\xbf" + (small / LOST_KEY).read_bytes())
    assert said(found(small, "file")) == [("error", LOST_KEY, "")]
    assert said(found(small, "banned-word")) == [("error", LOST_KEY, "options[1].text")]


def test_a_kind_that_cannot_be_read_is_found_once(small: Path) -> None:
    edit(small, LATE_BUS, r"^kind = .*", 'kind = "pictures"')
    assert [(each.rule, each.field) for each in check_bank(small).errors if each.file == LATE_BUS] == [
        ("field", "kind")
    ]


def test_a_scale_that_cannot_be_read_is_found_once(small: Path) -> None:
    edit(small, KEY, r"^scale = .*", 'scale = "six"')
    assert [(each.rule, each.field) for each in check_bank(small).findings] == [("field", "scale")]


def test_links_that_lead_outside_are_not_read(small: Path, tmp_path: Path) -> None:
    outside = tmp_path / "secret"
    outside.mkdir()
    (outside / "x.toml").write_text('id = "secret-word"', encoding="utf-8")
    (small / LOST_KEY).unlink()
    (small / LOST_KEY).symlink_to(outside / "x.toml")
    (small / "scenarios" / "elsewhere").symlink_to(outside)
    (small / "sources.toml").unlink()
    (small / "sources.toml").symlink_to("/dev/zero")
    (small / FORM_FILE).unlink()
    (small / "forms").rmdir()
    (small / "forms").symlink_to("../../..")
    findings = found(small, "file-link")
    assert said(findings) == [
        ("error", "forms", ""),
        ("error", "scenarios/elsewhere", ""),
        ("error", LOST_KEY, ""),
        ("error", "sources.toml", ""),
    ]
    assert "secret-word" not in repr(check_bank(small))


def test_keys_that_lie_beside_the_bank(small: Path, tmp_path: Path) -> None:
    folders = (tmp_path / "none", tmp_path / "keys", tmp_path / "more")
    text = (small / KEY).read_text(encoding="utf-8")
    write(tmp_path / "keys" / "small", "theory-1.toml", text.replace("value = 1.0", "value = 1.25", 1))
    write(tmp_path / "keys" / "small", "broken.toml", "id = ")
    write(tmp_path / "more" / "small", "theory-1.toml", text.replace("value = 1.0", "value = 9", 1))
    expected = [("keys/broken.toml", "file"), (KEY, "key-steps")]
    assert [(each.file, each.rule) for each in check_bank(small, folders).findings] == expected
    (small / KEY).unlink()
    (small / "keys").rmdir()
    assert [(each.file, each.rule) for each in check_bank(small, folders).findings] == expected


def test_links_in_rings_to_nothing_and_to_twins(small: Path) -> None:
    recovery = small / "scenarios" / "recovery"
    (recovery / "ring.toml").symlink_to("ring.toml")
    (recovery / "gone.toml").symlink_to("nowhere.toml")
    (recovery / "twin.toml").symlink_to("lost-key.toml")
    (small / "scenarios" / "ring").symlink_to("ring")
    findings = {each.file: each.message for each in found(small, "file-link")}
    assert findings == {
        "scenarios/recovery/gone.toml": "leads to nothing",
        "scenarios/recovery/ring.toml": "cannot be followed: Too many levels of symbolic links",
        "scenarios/recovery/twin.toml": "is the same file as scenarios/recovery/lost-key.toml",
    }
    assert said(found(small, "file-stray")) == [("advice", "scenarios/ring", "")]


def test_a_bank_that_is_a_link_itself_is_fine(small: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(small)
    assert check_bank(link).findings == ()


def test_files_where_none_belong(small: Path) -> None:
    write(small, "scenarios/lost.toml", "")
    write(small, "scenarios/notes.txt", "")
    write(small, "scenarios/recovery/notes.txt", "")
    write(small, "scenarios/recovery/.notes", "")
    write(small, "keys/theory-1.toml.orig", "")
    write(small, "README.md", "")
    assert said(found(small, "file-stray")) == [
        ("error", "scenarios/lost.toml", ""),
        ("advice", "keys/theory-1.toml.orig", ""),
        ("advice", "scenarios/notes.txt", ""),
        ("advice", "scenarios/recovery/notes.txt", ""),
    ]


def test_names_that_no_terminal_should_print(small: Path) -> None:
    name = os.fsencode(small / "scenarios" / "recovery") + b"/\x1b[2J\xff\n.toml"
    with open(name, "wb") as file:  # noqa: PTH123 - no text has this name
        file.write(b"version = 1")
    report = check_bank(small)
    odd = {each.file for each in report.errors if "2J" in each.file}
    assert odd == {r"scenarios/recovery/\x1b[2J\udcff\n.toml"}


AT = [(0, []), (1, [("error", "", "")])]


@pytest.mark.parametrize(("beyond", "expected"), AT)
def test_2000_files_are_read_and_one_more_is_not(small: Path, beyond: int, expected: list[Any]) -> None:
    """Counted as they are listed: folders, and files of any kind."""
    room = small / "scenarios" / "recovery"
    listed = sum(1 for name in ("scenarios", "keys", "forms") for _ in (small / name).rglob("*"))
    for number in range(2_000 - listed + beyond):
        (room / f"note-{number}").touch()
    findings = found(small, "file-limit")
    assert said(findings) == expected
    assert not findings or findings[0].message == "the bank has more than 2,000 files; the rest was not read"


def test_too_many_files_in_the_first_folder_are_said_once(small: Path) -> None:
    room = small / "scenarios" / "a-first"
    room.mkdir()
    for number in range(2_001):
        (room / f"note-{number}").touch()
    assert said(found(small, "file-limit")) == [("error", "", "")]


@pytest.mark.parametrize(("beyond", "expected"), AT)
def test_10_million_bytes_are_read_and_one_more_is_not(small: Path, beyond: int, expected: list[Any]) -> None:
    there = sum(path.stat().st_size for path in small.rglob("*.toml"))
    wanted = 10_000_000 - there + beyond
    for number, size in enumerate((2_000_000,) * (wanted // 2_000_000) + (wanted % 2_000_000,)):
        write(small, f"scenarios/recovery/n-{number}.toml", "#" * size)
    findings = found(small, "file-limit")
    assert said(findings) == expected
    assert not findings or "larger than 10,000,000 bytes together" in findings[0].message


LIMITS = {
    "a file of 2,000,000 bytes": (
        b"#" * MAX_FILE_BYTES,
        b"#" * (MAX_FILE_BYTES + 1),
        "is larger than 2,000,000 bytes; it was not read",
    ),
    "40 lists in each other": (b"a = " + b"[" * 40 + b"]" * 40, b"a = " + b"[" * 41 + b"]" * 41, "more than 40 levels"),
    "40 tables in each other": (
        b"a = " + b"{a=" * 40 + b"1" + b"}" * 40,
        b"a = " + b"{a=" * 41 + b"1" + b"}" * 41,
        "more than 40 levels",
    ),
    "a key of 40 parts": (b"a." * 39 + b"a = 1", b"a." * 40 + b"a = 1", "has a key of more than 40 parts"),
    "a quoted key of 40 parts": (b'"\\"" . ' * 39 + b"a = 1", b'"\\"" . ' * 40 + b"a = 1", "more than 40 parts"),
    "a header of 40 parts": (b"[" + b"a." * 39 + b"a]", b"[" + b"a." * 40 + b"a]", "more than 40 parts"),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_what_lies_at_a_limit_is_read_and_one_more_is_not(small: Path, limit: str) -> None:
    at, beyond, message = LIMITS[limit]
    (small / LOST_KEY).write_bytes(at)
    assert found(small, "file") == []
    (small / LOST_KEY).write_bytes(beyond)
    (finding,) = found(small, "file")
    assert (finding.file, message in finding.message) == (LOST_KEY, True)


def test_a_folder_that_cannot_be_listed(small: Path) -> None:
    (small / FORM_FILE).unlink()
    (small / "forms").rmdir()
    (small / "forms").write_text("", encoding="utf-8")
    assert found(small, "file")[0].message == "cannot be listed: Not a directory"


def test_a_file_that_cannot_be_read(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: str, flags: int) -> int:
        if str(path).endswith("lost-key.toml"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    findings = found(small, "file")
    assert [(each.file, each.message) for each in findings] == [(LOST_KEY, "cannot be read: Permission denied")]


def test_every_file_is_read_once(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = os.open

    def note(path: str, flags: int) -> int:
        opened.append(str(path))
        return real(path, flags)

    monkeypatch.setattr(os, "open", note)
    check_bank(small)
    assert len(opened) == len(set(opened)) == 10


@pytest.mark.parametrize("left", ["", "bank.toml", COLD_SOUP])
def test_a_bank_of_which_little_is_left(small: Path, left: str) -> None:
    for path in [path for path in small.rglob("*") if path.is_file() and path != small / left]:
        path.unlink()
    report = check_bank(small)
    assert report.usable == (left == COLD_SOUP)
    assert report.errors


def test_an_empty_folder(tmp_path: Path) -> None:
    report = check_bank(tmp_path)
    assert not report.usable
    assert ("scenarios", "holds no scenario that can be read") in {(each.file, each.message) for each in report.errors}


def test_60_findings_of_a_file_are_shown_and_the_rest_is_counted() -> None:
    findings = [error("a.toml", f"field-{number}", "field", "is missing", "Add it.") for number in range(61)]
    assert [each.rule for each in in_order(findings[:60])] == ["field"] * 60
    assert [each.rule for each in in_order(findings)] == ["field"] * 60 + ["more"]
    assert in_order(findings)[-1].message == "1 more of this file are not shown"
