"""Which columns of a table are meant by a list such as ``s01,s03-s05``."""

from collections import Counter
from collections.abc import Iterator

from eiassess.banks.tables.csv_format import tidy_name
from eiassess.banks.tables.csv_records import CsvFile, listed, shown
from eiassess.errors import InvalidInputError


def chosen_columns(file: CsvFile, columns: str) -> tuple[str, ...]:
    """Find the columns of a list: names, and ranges in the header's order.

    A name that is a whole header is taken as it is, with its commas and hyphens.

    Raises
    ------
    InvalidInputError
        There is no such column, the header has it twice, or the list names it twice.
    """
    chosen = [name for piece in _pieces(file, columns) for name in _piece(file, piece)]
    doubled = [name for name, count in Counter(chosen).items() if count > 1]
    if doubled:
        message = f"{_place(file)}: columns named twice in {shown(columns)}: {listed(doubled)}"
        raise InvalidInputError(message)
    return tuple(chosen)


def chosen_column(file: CsvFile, column: str) -> str:
    """Find one column by its name.

    Raises
    ------
    InvalidInputError
        There is no such column, or the header has it twice.
    """
    name = tidy_name(column)
    count = file.names.count(name)
    if count == 1:
        return name
    there = f"the columns are {listed(file.names)}"
    fault = "there is no column" if count == 0 else "doubled column"
    message = f"{_place(file)}: {fault} {shown(name)}; {there}"
    raise InvalidInputError(message)


def _place(file: CsvFile) -> str:
    return f"{file.path}: line {file.line}"


def _pieces(file: CsvFile, columns: str) -> Iterator[str]:
    """Part a list at its commas, but not at those within the name of a column."""
    parts = columns.split(",")
    start = 0
    while start < len(parts):
        joined = [(end, tidy_name(",".join(parts[start:end]))) for end in range(len(parts), start, -1)]
        known = [(end, piece) for end, piece in joined if piece in file.names or _ranges(file, piece)]
        start, piece = known[0] if known else joined[-1]
        yield piece


def _ranges(file: CsvFile, piece: str) -> list[tuple[str, str]]:
    """Give the first and last column of each way to read a range."""
    hyphens = [place for place, character in enumerate(piece) if character == "-"]
    ends = [(piece[:place].strip(), piece[place + 1 :].strip()) for place in hyphens]
    return [pair for pair in ends if set(pair) <= set(file.names)]


def _piece(file: CsvFile, piece: str) -> tuple[str, ...]:
    names = file.names
    if piece in names:
        return (chosen_column(file, piece),)
    known = _ranges(file, piece)
    if len(known) > 1:
        ways = " or ".join(f"{shown(first)} to {shown(last)}" for first, last in known)
        message = f"{_place(file)}: {shown(piece)} can mean {ways}; name the columns one by one"
        raise InvalidInputError(message)
    ends = known[0] if known else (piece, piece)
    first, last = (names.index(chosen_column(file, name)) for name in ends)
    if last < first:
        message = f"{_place(file)}: {shown(piece)}: {shown(names[last])} stands before {shown(names[first])}"
        raise InvalidInputError(message)
    return tuple(chosen_column(file, name) for name in names[first : last + 1])
