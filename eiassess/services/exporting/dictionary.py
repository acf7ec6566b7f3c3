"""The columns of files for whoever reads of them before there is a file: patterns in place of one form's own parts."""

from eiassess.banks.tables.scores import ScorePart, score_meanings
from eiassess.domain.exports import ColumnMeaning
from eiassess.services.exporting.scores import FIRST, LAST, STANDING

_NAMES = {"COMPETENCY": "A competency", "STYLE": "A customer style"}
_PARTS = (
    ScorePart("overall", "overall"),
    ScorePart("competencies", "COMPETENCY", "COMPETENCY"),
    ScorePart("styles", "style.STYLE", "STYLE"),
)


def score_dictionary() -> tuple[ColumnMeaning, ...]:
    """Say what columns of any file of scores mean; a competency's columns begin with its id, a style's with style."""
    return (FIRST, *score_meanings(_PARTS, lambda part: _NAMES.get(part.id, "Overall")), *STANDING, LAST)


def dictionary_lines() -> list[str]:
    """Write the dictionary as the lines of a table in Markdown."""
    rows = [f"| `{each.name}` | {each.unit} | {each.meaning} |" for each in score_dictionary()]
    return ["| column | unit | meaning |", "| --- | --- | --- |", *rows]
