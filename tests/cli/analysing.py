"""What the tests of `eiassess analyse` share: R's numbers, and reading what a command wrote."""

import json
from pathlib import Path
from typing import Any

from click.testing import Result

REFERENCE = Path(__file__).parents[1] / "reference"
CASES = REFERENCE / "cases"
SCORES = REFERENCE / "scenario_scores.csv"
COLUMNS = "s01-s24"
NAMES = [f"s{number:02d}" for number in range(1, 25)]


def reference() -> dict[str, Any]:
    """R 4.2.2 with psych 2.2.9, mirt 1.41 and ordinal 2022.11.16; see tests/reference/README.md."""
    content: dict[str, Any] = json.loads((REFERENCE / "scenario_scores.reference.json").read_text(encoding="utf-8"))
    return content


def worked() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((REFERENCE / "worked_examples.json").read_text(encoding="utf-8"))
    return content


def right() -> dict[str, Any]:
    """R's figures of the small files in tests/reference/cases; see tests/reference/README.md."""
    content: dict[str, Any] = json.loads((CASES / "right.json").read_text(encoding="utf-8"))
    return content


def found(result: Result, exit_code: int = 0) -> dict[str, Any]:
    assert result.exit_code == exit_code, result.stderr
    return strict(result.stdout)


def strict(text: str) -> dict[str, Any]:
    def refuse(name: str) -> None:
        message = f"{name} is not JSON"
        raise ValueError(message)

    content: dict[str, Any] = json.loads(text, parse_constant=refuse)
    return content


def nothing_done(result: Result) -> str:
    """Nothing on standard output, exit code 2, no traceback; give the last line of what was said."""
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert isinstance(result.exception, SystemExit)
    return result.stderr.splitlines()[-1].removeprefix("Error: ")


def write(name: str, *lines: str) -> str:
    Path(name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return name
