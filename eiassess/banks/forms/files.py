"""Assembled forms as files of their bank."""

from pathlib import Path
from typing import Any

from eiassess.banks.catalog import read_toml, shown_path
from eiassess.banks.reading import TableReader
from eiassess.banks.writing import toml_text
from eiassess.domain.forms import AssessmentForm

LIFE = ("version", "status", "comparable_with")
"""Fields that say where in its life a form is, not what it holds."""


def form_toml(form: AssessmentForm, heading: str = "") -> str:
    """Write a form as its file names scenarios and practice; comment lines stand above."""
    return toml_text(_content(form), heading)


def _content(form: AssessmentForm) -> dict[str, Any]:
    return {
        "id": form.id,
        "version": form.version,
        "title": form.title,
        "format": str(form.format),
        "instruction": str(form.instruction),
        "key": form.key_id,
        **({"studies_only": True} if form.studies_only else {}),
        "practice": [scenario.id for scenario in form.practice],
        "scenarios": list(form.scenario_ids),
    }


def is_there(path: Path, form: AssessmentForm) -> bool:
    """Whether a file holds the form already, whatever its version, status and links.

    Raises
    ------
    BankError
        The file cannot be read.
    """
    return path.is_file() and _without_life(read_toml(path)) == _without_life(_content(form))


def next_version(path: Path) -> int:
    """Return the version that a form gets in a file: 1 in a new one, one more where it replaces another.

    Raises
    ------
    BankError
        The file that is there cannot be read, or has no version.
    """
    return TableReader(read_toml(path), shown_path(path)).integer("version") + 1 if path.is_file() else 1


def _without_life(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in LIFE}
