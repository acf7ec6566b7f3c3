import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from eiassess.banks.tables.csv_cells import csv_line
from eiassess.cli.output import write_result


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "half"
        message = "the disk is full"
        raise OSError(message)

    path = tmp_path / "a.csv"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(OSError, match="full"):
        write_result(path, broken())
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_permissions_are_those_of_any_new_file_or_of_the_old_one(tmp_path: Path) -> None:
    plain, new, old = (tmp_path / name for name in ("plain", "new", "old"))
    plain.touch()
    write_result(new, ["a"])
    assert new.stat().st_mode == plain.stat().st_mode
    old.touch(mode=0o600)
    write_result(old, ["a"])
    assert stat.S_IMODE(old.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link, target = tmp_path / "link", tmp_path / "target"
    link.symlink_to(target)
    write_result(link, ["a"])
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "a"


def test_devices_are_written_to() -> None:
    write_result(Path("/dev/null"), ["a"])
    assert Path("/dev/null").is_char_device()


def test_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    write_result(None, ["a", "b\n"])
    assert capsys.readouterr().out == "ab\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run(start: str) -> None:
    assert csv_line([f"{start}1"]).lstrip('"').startswith(f"'{start}")


def test_numbers_and_blanks_are_left_alone() -> None:
    assert csv_line([-1.5, None, 3, "a"]) == "-1.5,,3,a\n"
