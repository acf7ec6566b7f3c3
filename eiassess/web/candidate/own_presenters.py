"""Plain values for a candidate's own page: where they stand, until when, and what they can do there."""

from dataclasses import dataclass
from datetime import datetime

from eiassess.domain.responses import n_missing
from eiassess.domain.sessions import HandedInBy, SessionState, WithdrawnBy
from eiassess.services.own_page.standing import OwnStanding
from eiassess.services.sitting.answers import Sitting
from eiassess.web.candidate.own_forms import KINDS_OF_ADJUSTMENT, KINDS_OF_QUESTION, RATED
from eiassess.web.candidate.presenters import limit_in_minutes
from eiassess.web.candidate.words import counted
from eiassess.web.shell.moments import Moment, moment_in


@dataclass(frozen=True)
class AskedLine:
    """Something that a candidate asked, and what came back."""

    what: str
    words: str
    asked: Moment
    answer: str
    answered: Moment | None


@dataclass(frozen=True)
class OwnPage:
    """A candidate's own page.

    Parameters
    ----------
    lead
        Where they stand, in a sentence.
    until
        When their time ends, or ended.
    limit_minutes
        How long they may take for the scenarios; ``None`` where no limit is set.
    has_begun
        Whether the first scenario was reached, so that a limit runs.
    can_go_on
        Whether answers are taken now.
    is_over
        Whether the time has ended, without anything being handed in.
    """

    sitting: str
    name: str
    opening: str
    lead: str
    state: str
    until: Moment
    limit_minutes: int | None
    has_begun: bool
    can_go_on: bool
    is_over: bool
    is_handed_in: bool
    is_withdrawn: bool
    go_on: str
    asked: tuple[AskedLine, ...]
    rating: str
    contact: str
    keep_days: int
    simulated: bool
    n_scenarios: int
    n_late: int
    voluntary: str
    """What the page says of voluntary questions; empty where none are asked, or not yet."""


def own_page(sitting: Sitting, standing: OwnStanding, now: datetime, contact: str) -> OwnPage:
    """Say where a candidate stands."""
    is_handed_in = sitting.state is SessionState.SUBMITTED
    is_over = not is_handed_in and sitting.withdrawn_by is None and sitting.times.is_over(now)
    return OwnPage(
        sitting=sitting.session_id,
        name=sitting.candidate_name,
        opening=sitting.opening_title,
        lead=_lead(sitting, is_over=is_over),
        state=_state(sitting, is_over=is_over),
        until=moment_in(sitting.times.ends_at, sitting.time_zone),
        limit_minutes=limit_in_minutes(sitting),
        has_begun=sitting.practised,
        can_go_on=not (is_handed_in or is_over or sitting.withdrawn_by),
        is_over=is_over,
        is_handed_in=is_handed_in,
        is_withdrawn=sitting.withdrawn_by is not None,
        go_on="Go on" if sitting.consented else "Read the notice and begin",
        asked=_asked(standing, sitting.time_zone),
        rating=RATED[standing.rating.rating] if standing.rating else "",
        contact=contact,
        keep_days=sitting.keep_days,
        simulated=sitting.simulated,
        n_scenarios=len(sitting.form.scenarios),
        n_late=standing.late_answers,
        voluntary=_voluntary(standing) if is_handed_in else "",
    )


def _voluntary(standing: OwnStanding) -> str:
    found = standing.fairness
    if found is None:
        return ""
    if not found.asks:
        return "Not asked any more. If you answered, you can take it back."
    n_questions = counted(len(found.asked.questions), "question")
    return f"{n_questions} about yourself. Nobody who decides is shown the answers."


def _lead(sitting: Sitting, *, is_over: bool) -> str:
    if sitting.withdrawn_by is WithdrawnBy.CANDIDATE:
        return "You said that you do not want to take part. No answers are taken, and none are scored."
    if sitting.withdrawn_by is WithdrawnBy.RECRUITER:
        return "The company has withdrawn this invitation. No answers are taken, and none are scored."
    if sitting.state is SessionState.SUBMITTED:
        return _handed_in(sitting)
    if is_over:
        return "Your time has ended, and nothing was handed in yet. What you saved is kept."
    if not sitting.consented:
        return "You are invited and have not begun yet."
    n_scenarios = counted(len(sitting.form.scenarios), "scenario")
    return f"You have answered {_answered(sitting)} of {n_scenarios}. All of it is saved."


def _handed_in(sitting: Sitting) -> str:
    if sitting.handed_in_by is HandedInBy.SERVER:
        return (
            "Your time ended, and what you had saved was handed in for you. There is nothing more that you have to do."
        )
    return "You have handed in your answers. There is nothing more that you have to do."


def _state(sitting: Sitting, *, is_over: bool) -> str:
    if sitting.withdrawn_by is not None:
        return "Withdrawn"
    if sitting.state is SessionState.SUBMITTED:
        return "Handed in"
    if is_over:
        return "Time has ended"
    return "Started" if sitting.consented else "Invited"


def _answered(sitting: Sitting) -> int:
    return sum(
        n_missing(sitting.form, each, sitting.response_to(each.id).ratings) == 0 for each in sitting.form.scenarios
    )


def _asked(standing: OwnStanding, zone: str) -> tuple[AskedLine, ...]:
    named = [(KINDS_OF_ADJUSTMENT[each.kind], each) for each in standing.adjustments]
    named += [(KINDS_OF_QUESTION[each.kind], each) for each in standing.questions]  # type: ignore[misc]  # alike in all that is shown
    named.sort(key=lambda pair: pair[1].asked_at, reverse=True)
    return tuple(
        AskedLine(
            what,
            each.words,
            moment_in(each.asked_at, zone),
            each.answer or "",
            moment_in(each.answered_at, zone) if each.answered_at else None,
        )
        for what, each in named
    )
