"""What the study of those who were hired says of a form's scores; real and simulated people are never mixed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func
from sqlmodel import Session, col, select

from eiassess.domain.forms import AssessmentForm
from eiassess.errors import NotEstimableError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import StudyPersonRecord, WorkRatingRecord
from eiassess.scoring.person.engine import points_compare
from eiassess.scoring.samples.outcomes import OutcomeValidity, outcome_validity
from eiassess.services.content.pinned import get_form


@dataclass(frozen=True)
class FormOutcomes:
    """The study of one form with the key that most of its people have, and engines whose points mean the same.

    ``n_people`` are in the study, ``n_rated`` of them have a rating; ``n_other`` are of the other kind, real or
    simulated; ``n_apart`` are left out, since their scores were made otherwise. ``why_not`` says why there is
    no result.
    """

    form: AssessmentForm
    simulated: bool
    n_people: int
    n_rated: int
    n_other: int
    n_apart: int
    validity: OutcomeValidity | None
    why_not: str


@dataclass(frozen=True)
class FoundValidity:
    """A validity that a study of real people here found, and for which form."""

    title: str
    r: float
    n: int


def get_form_outcomes(
    database: Database, form_digest: str, *, simulated: bool, applicant_sd: float | None = None
) -> FormOutcomes:
    """Return what the study says of a form.

    Raises
    ------
    NotFoundError
        There is no such form.
    """
    with database.reading() as db:
        return _outcomes(db, form_digest, simulated=simulated, applicant_sd=applicant_sd)


def list_found_validities(database: Database) -> tuple[FoundValidity, ...]:
    """List the validities that studies here found in enough real people."""
    with database.reading() as db:
        digests = db.exec(select(StudyPersonRecord.form_digest).distinct().order_by(StudyPersonRecord.form_digest))
        found = [_outcomes(db, digest, simulated=False) for digest in digests.all()]
    return tuple(
        FoundValidity(each.form.title, each.validity.found.r, each.validity.found.n) for each in found if each.validity
    )


def _outcomes(db: Session, form_digest: str, *, simulated: bool, applicant_sd: float | None = None) -> FormOutcomes:
    form, person = get_form(db, form_digest), StudyPersonRecord
    people = db.exec(select(person).where(person.form_digest == form_digest).order_by(col(person.id))).all()
    own = [each for each in people if each.simulated == simulated]
    alike = _alike(own)
    means = _means(db, form_digest)
    rated = [(each.overall, means[each.id]) for each in alike if each.id in means]
    validity, why_not = None, ""
    try:
        scores, ratings = np.array(rated, dtype=np.float64).reshape(-1, 2).T
        validity = outcome_validity(scores, ratings, applicant_sd)
    except NotEstimableError as error:
        why_not = str(error)
    return FormOutcomes(
        form, simulated, len(alike), len(rated), len(people) - len(own), len(own) - len(alike), validity, why_not
    )


def _alike(people: Sequence[StudyPersonRecord]) -> list[StudyPersonRecord]:
    """Return the most of them whose scores compare: one key, and engines whose points mean the same.

    An engine's name goes on with the program's version, so that names differ after an update where points do not.
    """
    ways = Counter((each.key_digest, each.engine) for each in people)
    groups = {way: [other for other in ways if _compare(way, other)] for way in ways}
    usual: list[tuple[str, str]] = max(
        groups.values(), key=lambda group: (sum(ways[way] for way in group), max(group)), default=[]
    )
    return [each for each in people if (each.key_digest, each.engine) in usual]


def _compare(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] == other[0] and points_compare(one[1], other[1])


def _means(db: Session, form_digest: str) -> dict[str, float]:
    """Return the mean rating of each person of a form, over the questions that were answered."""
    rating, person = WorkRatingRecord, StudyPersonRecord
    query = select(rating.person_id, func.sum(rating.rating), func.count()).join(person)
    by_person = query.where(person.form_digest == form_digest).group_by(col(rating.person_id))
    return {person_id: int(total) / n for person_id, total, n in db.exec(by_person)}
