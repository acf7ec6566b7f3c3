"""What a candidate reads after handing in, made from their own answers: no score, no key."""

from collections import Counter
from dataclasses import dataclass

from eiassess.domain.formats import RatingScale
from eiassess.domain.responses import Ratings, n_missing
from eiassess.domain.scenarios import ScenarioKind
from eiassess.domain.sessions import HandedInBy
from eiassess.services.sitting.answers import Sitting
from eiassess.services.sitting.feedback import CandidateFeedback
from eiassess.web.candidate.questions import Question, question, saved_answer
from eiassess.web.candidate.words import counted, listed, missing
from eiassess.web.shell.answering import place_of
from eiassess.web.shell.moments import Moment, moment_in

NOTHING: Ratings = {}
KINDS = {ScenarioKind.RESPONSES: "Responses", ScenarioKind.EMOTIONS: "Feelings"}


@dataclass(frozen=True)
class PracticeAnswer:
    """A practice scenario with what was first given to it."""

    question: Question
    ratings: Ratings


@dataclass(frozen=True)
class LeftOut:
    """A scenario with something missing."""

    number: int
    place: str
    missing: str


@dataclass(frozen=True)
class ScaleUse:
    """How often each point of a scale was given: (point, label, how often, share of the most frequent in percent)."""

    what: str
    summary: str
    points: tuple[tuple[int, str, int, int], ...]


@dataclass(frozen=True)
class DonePage:
    """The page after handing in."""

    feedback: CandidateFeedback
    submitted: Moment
    by_server: bool
    contact: str
    n_unanswered: int
    practice: tuple[PracticeAnswer, ...]
    left_out: tuple[LeftOut, ...]
    scales: tuple[ScaleUse, ...]


def done_page(feedback: CandidateFeedback, sitting: Sitting, contact: str) -> DonePage:
    """Put a candidate's own answers together."""
    form = feedback.form
    return DonePage(
        feedback=feedback,
        submitted=moment_in(feedback.submitted_at, sitting.time_zone),
        by_server=sitting.handed_in_by is HandedInBy.SERVER,
        contact=contact,
        n_unanswered=sum(n_missing(form, each, feedback.responses.get(each.id, NOTHING)) for each in form.scenarios),
        practice=_practice(feedback),
        left_out=_left_out(feedback),
        scales=tuple(use for kind in ScenarioKind if (use := _scale_use(feedback, kind))),
    )


def _practice(feedback: CandidateFeedback) -> tuple[PracticeAnswer, ...]:
    form, given = feedback.form, feedback.practice
    return tuple(
        PracticeAnswer(
            question(form, each, feedback.order_seed, saved_answer(form, each, given[each.id])), given[each.id]
        )
        for each in form.practice
        if each.id in given
    )


def _left_out(feedback: CandidateFeedback) -> tuple[LeftOut, ...]:
    rows = (
        LeftOut(number, place_of(each), missing(feedback.form, each, feedback.responses.get(each.id, NOTHING)))
        for number, each in enumerate(feedback.form.scenarios, 1)
    )
    return tuple(row for row in rows if row.missing)


def _scale_use(feedback: CandidateFeedback, kind: ScenarioKind) -> ScaleUse | None:
    """Count the points given to one kind of scenario; nothing where none was rated."""
    form = feedback.form
    rated = [each for each in form.scenarios if each.kind is kind and form.format_of(each).is_rated]
    given = Counter(value for each in rated for value in feedback.responses.get(each.id, NOTHING).values())
    if not given:
        return None
    scale, most = form.scale_of(rated[0]), max(given.values())
    return ScaleUse(
        KINDS[kind],
        _in_words(scale, given),
        tuple(
            (point, label, given[point], round(100 * given[point] / most))
            for point, label in zip(scale.points, scale.labels, strict=True)
        ),
    )


def _in_words(scale: RatingScale, given: Counter[int]) -> str:
    """Say how much of the scale was used, and what was given most often."""
    n, most = given.total(), max(given.values())
    favourites = [f"“{label}”" for point, label in zip(scale.points, scale.labels, strict=True) if given[point] == most]
    ends = given[scale.minimum] + given[scale.maximum]
    return (
        f"Of {counted(n, 'rating')}, {ends} {'is' if ends == 1 else 'are'} at one of the two ends of the scale. "
        f"You used {len(given)} of its {len(scale.points)} points, most often {listed(favourites)}."
    )
