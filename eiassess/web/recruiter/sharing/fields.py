"""Fields of a release as boxes to tick, and in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eiassess.domain.releases import USUAL, Fields, ReleaseField
from eiassess.scoring.interpreting import in_words
from eiassess.services.hiring.releases import ReleaseStep
from eiassess.web.shell.moments import full_moment

NAMES = {
    ReleaseField.OVERALL: "overall score",
    ReleaseField.AREAS: "areas",
    ReleaseField.COMPETENCIES: "competencies",
    ReleaseField.ANSWERS: "answers",
    ReleaseField.NOTES: "notes",
}
HINTS = {
    ReleaseField.OVERALL: "The score with its interval, and what that is worth.",
    ReleaseField.AREAS: "A score for each group of competencies.",
    ReleaseField.COMPETENCIES: "Each competency with its interval, customer styles, and questions for the interview.",
    ReleaseField.ANSWERS: "Each scenario with what was answered, without the key.",
    ReleaseField.NOTES: "What was noted about the person, also from now on, with who wrote it.",
}
BOXES_SHOWN = "boxes"
"""Says that the form had boxes: then no tick means none, and not the usual ones."""


@dataclass(frozen=True)
class FieldChoice:
    """A box to tick."""

    value: str
    label: str
    hint: str
    chosen: bool


def chosen_fields(form: Mapping[str, str]) -> Fields:
    """Read which boxes were ticked; the usual fields where a form had none."""
    if not form.get(BOXES_SHOWN):
        return USUAL
    return frozenset(each for each in ReleaseField if form.get(f"field-{each}"))


def field_choices(form: Mapping[str, str], now: Fields = frozenset()) -> tuple[FieldChoice, ...]:
    """Return the boxes as they were ticked, or as they are released, or the usual ones."""
    ticked = chosen_fields(form) if form.get(BOXES_SHOWN) else now or USUAL
    return tuple(
        FieldChoice(each.value, NAMES[each].capitalize(), HINTS[each], each in ticked) for each in ReleaseField
    )


def fields_in_words(fields: Fields) -> str:
    """Name fields as a sentence does."""
    return in_words([NAMES[each] for each in ReleaseField if each in fields])


def history_in_words(steps: Sequence[ReleaseStep]) -> tuple[str, ...]:
    """Say what became of a release, the newest first."""
    return tuple(
        f"{full_moment(each.at)}: "
        f"{fields_in_words(each.fields) if each.fields else 'taken back'}{f', by {each.by}' if each.by else ''}"
        for each in steps
    )
