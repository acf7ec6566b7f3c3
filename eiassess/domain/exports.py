"""Files of an opening's scores and answers: of what kind they are, and what each column means."""

from dataclasses import dataclass
from enum import StrEnum


class ExportKind(StrEnum):
    """What a file holds."""

    SCORES = "scores"
    ANSWERS = "answers"


@dataclass(frozen=True)
class ColumnMeaning:
    """A column of a file: its name, in what it is counted or which words it holds, and what it means."""

    name: str
    unit: str
    meaning: str


class FileFormat(StrEnum):
    """How a file is written; the value is how its name ends."""

    CSV = "csv"
    XLSX = "xlsx"
