"""What was rated in interviews, in words: for the recruiter's pages and the interviewer's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from eiassess.domain.competencies import CompetencyModel
from eiassess.domain.interviews import InterviewRating, counted_ratings, standing_ratings
from eiassess.domain.names import isolated
from eiassess.web.shell.moments import full_day, full_moment


@dataclass(frozen=True)
class RatingsTable:
    """Ratings by competency and rater, their notes, and what of it does not count."""

    raters: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[tuple[str, str], ...]
    not_blind: str
    history: tuple[str, ...]


def ratings_table(ratings: Sequence[InterviewRating], model: CompetencyModel) -> RatingsTable | None:
    """Lay ratings out, a column for each person and interview; nothing where there are none."""
    if not ratings:
        return None
    standing = standing_ratings(ratings)
    columns = sorted({(each.interview, each.rater, each.rater_id) for each in standing})
    several = len({number for number, _, _ in columns}) > 1
    cells = {(each.interview, each.rater_id, each.competency): each for each in standing}
    counted = {(each.interview, each.rater_id, each.competency): each for each in counted_ratings(ratings)}
    return RatingsTable(
        tuple(f"{isolated(name)}, interview {number}" if several else isolated(name) for number, name, _ in columns),
        tuple(
            (
                model.competencies[part].name,
                tuple(
                    _cell(cells.get((number, rater, part)), counted.get((number, rater, part)))
                    for number, _, rater in columns
                ),
            )
            for part in model.competency_ids
        ),
        tuple(
            (f"{model.competencies[each.competency].name}, {isolated(each.rater)}", each.note)
            for each in sorted(standing, key=lambda each: model.competency_ids.index(each.competency))
            if each.note
        ),
        _not_blind(standing),
        tuple(_change(each, model) for each in ratings if each.number > 1),
    )


def points_in_words(rating: int | None) -> str:
    """Write a point, or that nothing was asked."""
    return "not asked" if rating is None else str(rating)


def day_in_words(day: str) -> str:
    """Write the day of an interview with its weekday; that it is not fixed where there is none."""
    if not day:
        return "day not fixed"
    return full_day(datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC))


def _cell(rating: InterviewRating | None, counted: InterviewRating | None) -> str:
    if rating is None:
        return ""
    words = points_in_words(rating.rating)
    if rating.blind:
        return words
    return f"{words} (not blind; {counted.rating} counts)" if counted else f"{words} (not blind)"


def _not_blind(standing: Sequence[InterviewRating]) -> str:
    people = sorted({isolated(each.rater) for each in standing if not each.blind})
    if not people:
        return ""
    return (
        f"{' and '.join(people)} gave the ratings marked “not blind” after reading others' ratings. They stand here, "
        "and are left out of agreement and result."
    )


def _change(rating: InterviewRating, model: CompetencyModel) -> str:
    name = model.competencies[rating.competency].name
    when = "" if rating.blind else ", after reading others' ratings"
    return (
        f"{full_moment(rating.at)}: {isolated(rating.rater)} changed {name} to {points_in_words(rating.rating)}{when}."
    )
