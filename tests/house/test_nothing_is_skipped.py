"""No test is passed over: what a test needs is installed by `./ei test`, and its absence is a failure."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
WAYS_ROUND = frozenset({"skip", "skipif", "xfail", "importorskip"})


def ways_round(source: str) -> Iterator[str]:
    """Names of pytest by which a test can end without a verdict."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in WAYS_ROUND:
            whole = ast.unparse(node)
            if whole.startswith(("pytest.", "mark.")):
                yield whole


@pytest.mark.parametrize(
    "source",
    [
        "import pytest\npytestmark = pytest.mark.skipif(True, reason='')",
        "import pytest\n@pytest.mark.skip\ndef test(): ...",
        "import pytest\ndef test(): pytest.skip('later')",
        "import pytest\nfitz = pytest.importorskip('fitz')",
        "from pytest import mark\n@mark.xfail\ndef test(): ...",
    ],
)
def test_each_way_round_is_found(source: str) -> None:
    assert list(ways_round(source))


def test_no_test_can_be_passed_over() -> None:
    found = [
        f"{path.relative_to(TESTS)}: {way}"
        for path in sorted(TESTS.rglob("*.py"))
        for way in ways_round(path.read_text(encoding="utf-8"))
    ]
    assert found == []
