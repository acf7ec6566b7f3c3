"""A connection to an SQLite file is closed by who opens it: Python 3.13 warns of one that is not, wherever it is found.

``with sqlite3.connect(...)`` only commits. An older Python says nothing, so the mistake would be seen elsewhere first.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def left_open(source: str) -> Iterator[int]:
    """Give the lines where a connection is entered by itself, or handed out."""
    for node in ast.walk(ast.parse(source)):
        given = [item.context_expr for item in node.items] if isinstance(node, ast.With) else []
        given += [node.value] if isinstance(node, ast.Return) and node.value else []
        yield from (each.lineno for each in given if ast.unparse(each).startswith("sqlite3.connect("))


def test_every_connection_is_closed() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("eiassess", "tests", "docs")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line in left_open(path.read_text("utf-8"))
    ]
    assert found == []


def test_one_that_is_not_is_seen() -> None:
    assert list(
        left_open("with sqlite3.connect(path) as db:\n    pass\n\ndef f():\n    return sqlite3.connect(path)")
    ) == [1, 5]
    assert list(left_open("with closing(sqlite3.connect(path)) as db, db:\n    pass")) == []
