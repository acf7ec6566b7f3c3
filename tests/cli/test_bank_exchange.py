"""`eiassess bank export`, `import` and `diff`: two steps, exit codes, and what is said where."""

import json
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.banks.small_bank import KEY, LOST_KEY, edit, write, write_small_bank
from tests.cli.conftest import Run


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_bank(tmp_path / "banks" / "small")


def change(path: Path, sheet: str, cell: str, value: object) -> None:
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    book.close()


def test_out_and_into_an_empty_folder(run: Run, small: Path, tmp_path: Path) -> None:
    out = run("bank", "export", str(small), "-o", "small.xlsx")
    assert (out.exit_code, out.stdout) == (0, "")
    assert out.stderr == "Wrote small.xlsx with key theory-1: keep it as safe as the key\n"
    assert stat.S_IMODE((tmp_path / "small.xlsx").stat().st_mode) == 0o600
    taken = run("bank", "import", "small.xlsx", "new/small", "--yes")
    assert taken.exit_code == 0
    assert "Scenario lost-key: added" in taken.stdout
    assert f"eiassess bank check {tmp_path}/new/small" in taken.stderr
    same = run("bank", "diff", str(small), "new/small")
    assert (same.exit_code, same.stdout) == (0, "Nothing differs.\n")


def test_two_steps_with_a_refused_row(run: Run, small: Path) -> None:
    run("bank", "export", str(small), "-o", "small.xlsx")
    change(Path("small.xlsx"), "Options", "D2", "much")
    change(Path("small.xlsx"), "Scenarios", "D3", "A better title")
    read = run("bank", "import", "small.xlsx", str(small), "--yes")
    assert read.exit_code == 1
    assert "Refused: sheet Options, row 2, column Value: 'much' is a text; expected a number" in read.stderr
    assert f"To take the good rows only: eiassess bank import --confirm {small}" in read.stderr
    assert "-> “A better title”" in read.stdout
    assert run("bank", "diff", str(small), str(small)).exit_code == 0
    taken = run("bank", "import", "--confirm", str(small))
    assert taken.exit_code == 0
    assert f"Took 1 file into {small}.\nWhat they replaced is kept in {small}/.replaced-2." in taken.stderr
    assert "A better title" in "".join(path.read_text() for path in (small / "scenarios").glob("*/*.toml"))
    again = run("bank", "import", "--confirm", str(small))
    assert (again.exit_code, again.stderr.startswith("Error: ")) == (2, True)


def test_nothing_to_take(run: Run, small: Path) -> None:
    run("bank", "export", str(small), "-o", "small.xlsx")
    read = run("bank", "import", "small.xlsx", str(small))
    assert (read.exit_code, read.stdout, read.stderr) == (0, "Nothing differs.\n", "There is nothing to take.\n")
    assert not list(small.glob(".import-*"))


def test_very_many_refusals_are_cut(run: Run, small: Path) -> None:
    run("bank", "export", str(small), "-o", "small.xlsx")
    book = load_workbook("small.xlsx")
    for row in range(2, 80):
        book["Sources"][f"A{row}"], book["Sources"][f"B{row}"] = f"row-{row}", 5
    book.save("small.xlsx")
    book.close()
    read = run("bank", "import", "small.xlsx", str(small))
    assert read.exit_code == 1
    assert "more places; mend these and import again" in read.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "BANK", "-o", "a.xlsx", "--key", "k"), "has no key 'k'; keys here: theory-1"),
        (("export", "BANK", "-o", "a.xlsx", "--key", "k", "--no-key"), "contradict each other"),
        (("export", "BANK", "-o", "/dev/null"), "is no file"),
        (("export", "nothing", "-o", "a.xlsx"), "There is no folder or bank 'nothing'"),
        (("import", "BANK"), "give FILE and PATH, or --confirm and PATH"),
        (("import", "a.xlsx", "BANK"), "a.xlsx: No such file"),
        (("import", "bad.xlsx", "BANK"), "is no .xlsx workbook"),
        (("import", "bad.xlsx", "bad.xlsx"), "is a file; give the bank's folder"),
        (("import", "--confirm", "BANK"), "no import waits here"),
        (("diff", "BANK", "nothing"), "There is no folder or bank 'nothing'"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, small: Path, words: tuple[str, ...], said: str) -> None:
    Path("bad.xlsx").write_text("no")
    result = run("bank", *(str(small) if word == "BANK" else word for word in words))
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_several_keys(run: Run, small: Path) -> None:
    other = (small / KEY).read_text().replace('"theory-1"', '"other-1"')
    write(small, "keys/other-1.toml", other)
    used = run("bank", "export", str(small), "-o", "a.xlsx")
    assert "with key theory-1" in used.stderr
    assert "Not in it: key other-1" in used.stderr
    write(
        small,
        "forms/b.toml",
        (small / "forms/small-a.toml").read_text().replace('"small-a"', '"b"').replace('"theory-1"', '"other-1"'),
    )
    assert (
        "several keys (other-1, theory-1); say which with --key"
        in run("bank", "export", str(small), "-o", "a.xlsx").stderr
    )
    none = run("bank", "export", str(small), "-o", "a.xlsx", "--no-key")
    assert none.stderr == "Wrote a.xlsx without a key\nNot in it: key other-1, key theory-1\n"


def test_a_bank_without_a_key(run: Run, small: Path) -> None:
    (small / KEY).unlink()
    assert run("bank", "export", str(small), "-o", "a.xlsx").stderr == "Wrote a.xlsx without a key\n"


def test_differences_in_words_and_in_json(run: Run, small: Path, tmp_path: Path) -> None:
    new = write_small_bank(tmp_path / "newer" / "small")
    edit(new, KEY, r"^value = 4.5", "value = 5.0")
    words = run("bank", "diff", str(small), str(new))
    assert words.exit_code == 1
    assert words.stdout.splitlines() == [
        "Key theory-1: changed",
        "  lost-key c: 4.5 -> 5",
        "  Warning: its version is still 1; raise it, or two contents share it",
        "1 key changed.",
    ]
    (part,) = json.loads(run("bank", "diff", str(small), str(new), "--format", "json").stdout)
    assert (part["kind"], part["version_not_raised"]) == ("key", 1)
    assert part["fields"] == [{"field": "lost-key c value", "old": "4.5", "new": "5", "only_layout": False}]


def test_a_bank_that_cannot_be_read_is_unusable(run: Run, small: Path) -> None:
    edit(small, LOST_KEY, r"^kind = .*", "kind = 1")
    result = run("bank", "diff", str(small), str(small))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: small/scenarios/recovery/lost-key.toml: kind: expected one of")
