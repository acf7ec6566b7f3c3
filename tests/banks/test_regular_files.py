"""A pipe in a file's place is refused by every reader, and not waited for."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from eiassess.banks.authoring.starting import start_bank
from eiassess.banks.catalog import load_bank, read_toml
from eiassess.banks.checks.checking import check_bank
from eiassess.banks.exchange.contents import read_contents
from eiassess.banks.exchange.spreadsheet.reading import read_workbook
from eiassess.errors import EIAssessError
from eiassess.people_lists.reading import file_sheets
from tests.banks.small_bank import write_small_bank


@contextmanager
def pipe(path: Path) -> Iterator[None]:
    """Put a pipe there whose writer comes and goes, so that a reader that waits would read nothing and go on."""
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    over = Event()

    def come_and_go() -> None:
        while not over.is_set():
            os.close(os.open(path, os.O_WRONLY))

    writer = Thread(target=come_and_go, daemon=True)
    writer.start()
    try:
        yield
    finally:
        over.set()
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # lets the writer go if nobody has read
        writer.join(10)
        os.close(reader)


READERS: dict[str, Callable[[Path], object]] = {
    "a workbook": lambda folder: read_workbook(folder / "a.xlsx"),
    "a list of people": lambda folder: file_sheets(folder / "a.csv"),
    "a list in a workbook": lambda folder: file_sheets(folder / "a.xlsx"),
    "one file": lambda folder: read_toml(folder / "small/bank.toml"),
    "a bank": lambda folder: load_bank(folder / "small"),
    "a bank to change": lambda folder: read_contents(folder / "small"),
}
PLACES = {"a workbook": "a.xlsx", "a list of people": "a.csv", "a list in a workbook": "a.xlsx"}


@pytest.mark.parametrize("reader", READERS)
def test_a_pipe_is_no_file(tmp_path: Path, reader: str) -> None:
    write_small_bank(tmp_path / "small")
    with (
        pipe(tmp_path / PLACES.get(reader, "small/bank.toml")),
        pytest.raises(EIAssessError, match=r"is no file|cannot be"),
    ):
        READERS[reader](tmp_path)


@pytest.mark.parametrize("reader", READERS)
def test_a_device_is_no_file(tmp_path: Path, reader: str) -> None:
    write_small_bank(tmp_path / "small")
    place = tmp_path / PLACES.get(reader, "small/bank.toml")
    place.unlink(missing_ok=True)
    place.symlink_to("/dev/null")
    with pytest.raises(EIAssessError):
        READERS[reader](tmp_path)


def test_the_check_names_it(tmp_path: Path) -> None:
    bank = write_small_bank(tmp_path / "small")
    with pipe(bank / "bank.toml"):
        assert [each for each in check_bank(bank).errors if each.message == "is no file"]


def test_a_bank_is_not_started_from_one_beyond_the_limits(tmp_path: Path) -> None:
    model = write_small_bank(tmp_path / "small")
    (model / "bank.toml").write_text(f'licence = "MIT"\n{(model / "bank.toml").read_text()}')
    (model / "competencies.toml").write_text("a = " + "[" * 41 + "]" * 41)
    with pytest.raises(EIAssessError, match="nested more than 40 levels deep"):
        start_bank(tmp_path / "new", model=model)
