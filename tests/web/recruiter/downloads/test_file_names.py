"""What files are called: after what they hold and the opening, and nobody in it."""

from eiassess.domain.exports import ExportKind, FileFormat
from eiassess.services.exporting.tables import ExportedTable
from eiassess.web.recruiter.downloads.presenters import file_name


def name(title: str) -> str:
    return file_name(ExportedTable("abc", title, ExportKind.ANSWERS, 0, (), iter(())), FileFormat.CSV)


def test_files_are_called_after_the_opening() -> None:
    assert name("Night shift, 2nd floor") == "answers-night-shift-2nd-floor.csv"
    assert name("夜勤") == "answers-abc.csv"
    assert name('"; x/../y') == "answers-x-y.csv"
    assert len(name("long " * 60)) < 80
