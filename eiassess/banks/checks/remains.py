"""What a spreadsheet left of a letter that it wrote by number, such as ``_x000D_`` for a line break."""

from collections.abc import Iterator

from eiassess.banks.checks.files import BankFiles
from eiassess.banks.checks.findings import Finding, error, printable
from eiassess.banks.escapes import ESCAPE

MEND = "Put the letter there that it stands for: _x000D_ and _x000A_ are line breaks, _x0009_ is a tab."


def find_remains(files: BankFiles) -> Iterator[Finding]:
    """Look into every text of every file, whatever it is for."""
    for file, table in files.tables.items():
        for field, text in _texts(table, ""):
            found = ESCAPE.search(text)
            if found:
                said = f"holds {found.group()}, which a spreadsheet left of a letter"
                yield error(file, printable(field), "spreadsheet-letter", said, MEND)


def _texts(content: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(content, str):
        yield path, content
    elif isinstance(content, dict):
        for name, each in content.items():
            yield from _texts(each, f"{path}.{name}" if path else name)
    elif isinstance(content, list):
        for place, each in enumerate(content, 1):
            yield from _texts(each, f"{path}[{place}]")
