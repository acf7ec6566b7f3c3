"""People on one page: each placed by the estimate of their form's errors, and tested together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from sqlmodel import Session

from eiassess.domain.banks import QuestionBank
from eiassess.domain.error_estimates import ErrorEstimate
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import Ratings
from eiassess.errors import InvalidInputError
from eiassess.scoring.differences.comparing_page import DifferenceTest, compare_on_page
from eiassess.scoring.differences.in_general import gap_on_list
from eiassess.scoring.differences.placing import PlacedPerson, place_people
from eiassess.scoring.person.missing import gives_overall_only
from eiassess.services.content.pinned import get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.differences.estimates import KeptEstimate, get_estimate, list_estimates
from eiassess.services.differences.sittings import ScoresOf, read_sat


@dataclass(frozen=True)
class UsedEstimate:
    """An estimate that a page leans on; ``on_file`` are all of the same scores, the newest first."""

    estimate: ErrorEstimate
    form_title: str
    on_file: tuple[KeptEstimate, ...]


@dataclass(frozen=True)
class DifferencesPage:
    """What a page of people says of their differences.

    Parameters
    ----------
    people
        Session -> where that person is placed.
    tests
        All that were tested together, by session, pair after pair and overall first.
    gap
        How far apart two overall scores must lie near the middle of these people to be called different here, in
        points; ``None`` where that is not known.
    used
        The estimates of errors, one for each form.
    """

    people: Mapping[str, PlacedPerson]
    tests: tuple[DifferenceTest, ...]
    gap: float | None
    used: tuple[UsedEstimate, ...]


def place_on_page(
    db: Session,
    sessions: Mapping[str, ScoresOf],
    areas: Mapping[str, Sequence[str]],
    chosen: Sequence[str] = (),
    answers: Mapping[str, Mapping[str, Ratings]] | None = None,
) -> DifferencesPage:
    """Place the people of a page within a transaction, and test all that the rule allows.

    Parameters
    ----------
    sessions
        Session -> what its score was made from, in the order of the page.
    areas
        Area -> its competencies; nothing where areas are not on display.
    chosen
        Digests of earlier estimates to lean on, instead of the newest.
    answers
        What the sessions hold, by session and scenario, if the caller has read it already.
    """
    used: list[UsedEstimate] = []
    people: dict[str, PlacedPerson] = {}
    for of in dict.fromkeys(sessions.values()):
        estimate = get_estimate(db, of, chosen)
        form, key = get_form(db, of.form_digest), get_key(db, of.key_digest)
        sat = read_sat(db, of, [each for each in sessions if sessions[each] == of], answers)
        placed = place_people(form, key, tuple(sat.values()), estimate, areas)
        people |= dict(zip(sat, placed, strict=True))
        used.append(UsedEstimate(estimate, form.title, list_estimates(db, of)))
    unused = set(chosen) - {each.estimate.digest for each in used}
    if unused:
        message = "This comparison leans on an estimate of errors that is not there, or not of these scores"
        raise InvalidInputError(message)
    ordered = {session_id: people[session_id] for session_id in sessions}
    return DifferencesPage(ordered, _tests(ordered), _gap(ordered, used), tuple(used))


def place_person(db: Session, session_id: str, of: ScoresOf, areas: Mapping[str, Sequence[str]]) -> PlacedPerson | None:
    """Place one person by the newest estimate; ``None`` where the score's points mean something else by now."""
    sat = read_sat(db, of, [session_id])
    if not sat:
        return None
    form, key = get_form(db, of.form_digest), get_key(db, of.key_digest)
    (placed,) = place_people(form, key, tuple(sat.values()), get_estimate(db, of), areas)
    return placed


def areas_on_display(bank: QuestionBank, form: AssessmentForm) -> dict[str, tuple[str, ...]]:
    """Say what competencies each area has; nothing where the form gives an overall score only."""
    return {} if gives_overall_only(form) else {each.id: each.competencies for each in bank.model.groups}


def _tests(people: Mapping[str, PlacedPerson]) -> tuple[DifferenceTest, ...]:
    session_of = {person.id: session_id for session_id, person in people.items()}
    return tuple(
        replace(test, first=session_of[test.first], second=session_of[test.second])
        for test in compare_on_page(tuple(people.values()))
    )


def _gap(people: Mapping[str, PlacedPerson], used: Sequence[UsedEstimate]) -> float | None:
    """Say how far apart scores must lie on a page of so many, near their middle."""
    n, middle = len(people), median(each.score or 0.0 for each in people.values())
    return gap_on_list((each.estimate for each in used), middle, n * (n - 1) // 2)
