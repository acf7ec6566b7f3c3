"""What an interviewer's sheet sends: a point or "not asked" for each competency, and notes."""

from collections.abc import Iterable, Mapping

from eiassess.domain.interviews import POINTS, GivenRating, InterviewRating, standing_ratings

NOT_ASKED = "not-asked"


def read_sheet(fields: Mapping[str, str], competencies: Iterable[str]) -> tuple[GivenRating, ...]:
    """Return what was chosen; a competency for which nothing was is left out."""
    chosen = ((each, fields.get(f"rating-{each}", "")) for each in competencies)
    known = {str(point): point for point in POINTS}
    return tuple(
        GivenRating(each, known.get(sent), fields.get(f"note-{each}", "").replace("\r\n", "\n").strip())
        for each, sent in chosen
        if sent in known or sent == NOT_ASKED
    )


def fields_of(own: tuple[InterviewRating, ...]) -> dict[str, str]:
    """Write what somebody gave as the fields of the sheet."""
    fields: dict[str, str] = {}
    for each in standing_ratings(own):
        fields[f"rating-{each.competency}"] = NOT_ASKED if each.rating is None else str(each.rating)
        fields[f"note-{each.competency}"] = each.note
    return fields
