"""What if the job weighed differently: an opening's people scored with other weights, and in which band they would be.

It is worked out when somebody asks, from the answers as they are; no score and no setting of the opening changes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from eiassess.domain.banks import QuestionBank
from eiassess.domain.error_estimates import ErrorEstimate, NotCompared
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.openings import ProfileRow
from eiassess.domain.scores import Interval
from eiassess.domain.uses import UseOfScores
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, ListedScoreRecord, OpeningRecord
from eiassess.scoring.differences.measuring import SatPerson
from eiassess.scoring.differences.weighing import WeightedScore, WeightedScores, weighted_gap, weighted_scores
from eiassess.scoring.person.missing import gives_overall_only
from eiassess.scoring.person.plan import scoring_plan
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.deciding.uses import use_of_scores
from eiassess.services.differences.estimates import get_estimate
from eiassess.services.differences.sittings import ScoresOf, read_sat, sessions_of
from eiassess.services.hiring.opening_records import profile_of
from eiassess.services.hiring.openings import require_member
from eiassess.services.results.bands import Bands, bands_among, read_bands
from eiassess.services.results.candidate_lists import ListedPart
from eiassess.services.results.saved_what_ifs import SavedWhatIf, what_ifs_of
from eiassess.services.results.score_groups import ScoreGroup, comparable_groups, read_groups

PEOPLE_AT_MOST = 5000
"""Scored people of an opening: all their answers are read for each answer, which takes seconds from there on."""

SHAPING_AT_MOST = 2000
"""People whose errors lend each other strength: of more, those whose marks stand first, which says nothing of them."""


class WhyNot(StrEnum):
    """Why there are no weighted scores."""

    ORDER = "scores may not put these people in order"
    OVERALL_ONLY = "a form gives an overall score only"
    CHOICES = "a form has choices"
    NOBODY = "nobody has a score made from the same"
    TOO_MANY = "more people than can be weighed at once"
    NOTHING_COUNTS = "every weight is 0"


@dataclass(frozen=True)
class WeighedPerson:
    """Somebody with an overall score, as the list has it, and with these weights.

    Bands are counted from 0 and ``None`` where somebody stands in none. ``weighted`` is ``None`` where there is no
    error: answers agree completely with the key, or too little of what counts was answered. ``overall`` has the
    interval that lists draw.
    """

    session_id: str
    number: int
    name: str
    overall: ListedPart
    band: int | None
    weighted: WeightedScore | None
    weighted_band: int | None
    not_compared: NotCompared | None


@dataclass(frozen=True)
class WhatIf:
    """An opening with other weights.

    Parameters
    ----------
    competencies
        Those that forms of the opening have scenarios of, in the bank's order: what can have a weight.
    start
        What the job's profile says, or 1 for each where it gives none of them any weight.
    starts_with_job
        Whether it is what the profile says.
    not_measured
        Competencies to which the profile gives a weight and which not every form has scenarios of.
    weights
        Those that are asked for, of each of the competencies.
    saved
        The one that is looked at, if it was kept.
    people
        In the order of bands, and within one as they stand in a list by name.
    before, bands
        The list's gap with its bands by the overall score, and those with these weights; ``None`` where a gap is not
        known.
    shaped_by
        How many people's errors lent each other strength, of each form.
    n_by_width
        How many would change band if the overall scores stood in bands as wide as those with these weights.
    n_apart
        How many scores do not compare with the others.
    """

    opening_id: str
    title: str
    simulated: bool
    bank: QuestionBank
    key: ScoringKey
    use: UseOfScores
    competencies: tuple[str, ...]
    profile: tuple[ProfileRow, ...]
    start: Mapping[str, int]
    starts_with_job: bool
    not_measured: tuple[str, ...]
    weights: Mapping[str, int]
    why_not: WhyNot | None
    kept: tuple[SavedWhatIf, ...]
    saved: SavedWhatIf | None = None
    people: tuple[WeighedPerson, ...] = ()
    before: Bands | None = None
    bands: Bands | None = None
    shaped_by: tuple[int, ...] = ()
    n_by_width: int = 0
    n_apart: int = 0

    @property
    def not_compared(self) -> Mapping[NotCompared, int]:
        """How many of the people are compared with nobody, by the reason."""
        found = Counter(each.not_compared for each in self.people)
        return {why: found[why] for why in NotCompared if found[why]}


@dataclass(frozen=True)
class _Sat:
    """People who sat one form, session -> person, with the estimate of its errors."""

    form: AssessmentForm
    key: ScoringKey
    people: Mapping[str, SatPerson]
    estimate: ErrorEstimate


@dataclass(frozen=True)
class _Listed:
    session_id: str
    number: int
    name: str
    overall: ListedPart
    not_compared: NotCompared | None


@dataclass(frozen=True)
class _Ground:
    """All that is read before anything is worked out."""

    what_if: WhatIf
    listed: tuple[_Listed, ...] = ()
    sat: tuple[_Sat, ...] = field(default=())


def get_what_if(
    database: Database, user_id: str, opening_id: str, asked: Mapping[str, int], saved_id: str | None = None
) -> WhatIf:
    """Score an opening's people with other weights, each with an error, and set them into bands.

    Parameters
    ----------
    asked
        Competency -> weight from 0 to 3; those that are not here have the weight that the page starts with.
    saved_id
        A what-if that was kept: its weights, and not those that are asked for.

    Raises
    ------
    NotFoundError
        There is no such opening for this person, or no such what-if of it.
    """
    with database.reading() as db:
        ground = _read(db, user_id, require_member(db, opening_id, user_id), asked, saved_id)
    return _weigh(ground) if ground.what_if.why_not is None else ground.what_if


def _read(db: Session, user_id: str, opening: OpeningRecord, asked: Mapping[str, int], saved_id: str | None) -> _Ground:
    use, key, bank = use_of_scores(db, opening), get_key(db, opening.key_digest), get_bank(db, opening.bank_digest)
    groups = read_groups(db, opening.id)
    alike = comparable_groups(db, opening, groups)
    forms = [get_form(db, digest) for digest in dict.fromkeys((opening.form_digest, *(g.form_digest for g in alike)))]
    competencies = _competencies(bank, forms, key)
    profile = profile_of(db, opening.id)
    of_job = {row.competency: row.weight for row in profile}
    start = {each: of_job.get(each, 0) for each in competencies}
    starts_with_job = any(start.values())
    if not starts_with_job:
        start = dict.fromkeys(competencies, 1)
    not_measured = tuple(each for each, weight in of_job.items() if weight and each not in competencies)
    kept = what_ifs_of(db, user_id, opening.id)
    saved = None if saved_id is None else _find(kept, saved_id)
    weights = {each: saved.weights.get(each, 0) if saved else asked.get(each, start[each]) for each in competencies}
    n_people = sum(each.n_scored for each in alike)
    what_if = WhatIf(
        opening.id, opening.title, opening.simulated, bank, key, use, competencies, profile, start, starts_with_job,
        not_measured, weights, why_not(use, forms, n_people, weights), kept, saved,
        n_apart=sum(each.n_scored for each in groups) - n_people,
    )  # fmt: skip
    if what_if.why_not is not None:
        return _Ground(what_if)
    what_if = replace(what_if, before=read_bands(db, opening, alike, may_rank=True))
    listed = _listed(db, opening, alike)
    return _Ground(what_if, listed, _sat(db, opening, alike, [each.session_id for each in listed]))


def _competencies(bank: QuestionBank, forms: Sequence[AssessmentForm], key: ScoringKey) -> tuple[str, ...]:
    """List the competencies that each form has scenarios of: a weight means the same for everybody."""
    plans = [scoring_plan(form, key) for form in forms]
    return tuple(each for each in bank.model.competency_ids if all(each in plan.competencies for plan in plans))


def _find(kept: Sequence[SavedWhatIf], saved_id: str) -> SavedWhatIf:
    found = next((each for each in kept if each.id == saved_id), None)
    if found is None:
        message = "There is no such what-if; whoever kept it may have deleted it"
        raise NotFoundError(message)
    return found


def why_not(
    use: UseOfScores, forms: Sequence[AssessmentForm], n_people: int, weights: Mapping[str, int]
) -> WhyNot | None:
    """Say why people cannot be weighed; the first reason if there are several.

    Parameters
    ----------
    forms
        Those that people of the opening sat or will sit.
    n_people
        How many have an overall score that was made from the same.
    """
    reasons = (
        (WhyNot.ORDER, not use.allowed),
        (WhyNot.CHOICES, not all(form.is_rated for form in forms)),
        (WhyNot.OVERALL_ONLY, any(gives_overall_only(form) for form in forms)),
        (WhyNot.NOBODY, n_people == 0),
        (WhyNot.TOO_MANY, n_people > PEOPLE_AT_MOST),
        (WhyNot.NOTHING_COUNTS, not any(weights.values())),
    )
    return next((why for why, holds in reasons if holds), None)


def _listed(db: Session, opening: OpeningRecord, alike: Sequence[ScoreGroup]) -> tuple[_Listed, ...]:
    score, session, candidate = ListedScoreRecord, AssessmentSessionRecord, CandidateRecord
    stored, drawn = (score.low, score.high), (score.drawn_low, score.drawn_high)
    columns: list[Any] = [
        session.id,
        candidate.number,
        candidate.name,
        score.overall,
        score.not_compared,
        *stored,
        *drawn,
    ]
    own = select(*columns).join(session, col(session.id) == col(score.session_id))
    own = own.join(candidate, col(candidate.id) == col(session.candidate_id))
    compares = (score.opening_id == opening.id, col(score.basis).in_([each.basis for each in alike]))
    return tuple(
        _Listed(session_id, number, name, _drawn(overall, ends), NotCompared(why) if why else None)
        for session_id, number, name, overall, why, *ends in db.exec(
            own.where(*compares, col(score.overall).is_not(None))
        )
    )


def _drawn(overall: float, ends: Sequence[float | None]) -> ListedPart:
    """Give a score with the interval that lists draw: the stored one, which comes first, where there is no other."""
    low, high, drawn_low, drawn_high = ends
    return ListedPart(overall, _interval(drawn_low, drawn_high) or _interval(low, high))


def _interval(low: float | None, high: float | None) -> Interval | None:
    return None if low is None or high is None else Interval(low, high)


def _sat(db: Session, opening: OpeningRecord, alike: Sequence[ScoreGroup], shown: Sequence[str]) -> tuple[_Sat, ...]:
    """Read who sat each form: who is shown, and who shapes the estimate of its errors."""
    found = []
    for of in dict.fromkeys(ScoresOf(each.form_digest, each.key_digest, opening.simulated) for each in alike):
        estimate = get_estimate(db, of)
        shaping = sessions_of(db, of, frozenset(sorted(estimate.members)[:SHAPING_AT_MOST]))
        people = read_sat(db, of, sorted({*shown, *shaping}))
        found.append(_Sat(get_form(db, of.form_digest), get_key(db, of.key_digest), people, estimate))
    return tuple(found)


def _weigh(ground: _Ground) -> WhatIf:
    what_if, shown = ground.what_if, frozenset(each.session_id for each in ground.listed)
    found = [_scores(each, what_if.weights, shown) for each in ground.sat]
    scores = {
        session_id: one.people[person.id]
        for sat, one in zip(ground.sat, found, strict=True)
        for session_id, person in sat.people.items()
        if person.id in one.people
    }
    bands = None if what_if.before is None else _bands(ground, found, scores)
    people = [_person(each, scores.get(each.session_id), what_if.before, bands) for each in ground.listed]
    by_width = _n_by_width(people, what_if.before, bands)
    return replace(
        what_if, people=_ordered(people), bands=bands, shaped_by=tuple(one.n for one in found), n_by_width=by_width
    )


def _bands(ground: _Ground, found: Sequence[WeightedScores], scores: Mapping[str, WeightedScore]) -> Bands | None:
    """Set weighted scores into bands as a list does: whoever is not compared moves neither gap nor band.

    A form of whose people nobody is compared has no say in the gap.
    """
    compared = {each.session_id for each in ground.listed if each.not_compared is None}
    compared_scores = [score.score for session_id, score in scores.items() if session_id in compared]
    theirs = frozenset(scores) & compared
    of_them = [one for sat, one in zip(ground.sat, found, strict=True) if theirs & sat.people.keys()]
    gap = weighted_gap(of_them, compared_scores)
    return None if gap is None else Bands(gap, bands_among(compared_scores, gap))


def _n_by_width(people: Sequence[WeighedPerson], before: Bands | None, bands: Bands | None) -> int:
    if before is None or bands is None:
        return 0
    compared = [each for each in people if each.not_compared is None]
    as_wide = Bands(bands.gap, bands_among((each.overall.score for each in compared), bands.gap))
    return sum(as_wide.place_of(each.overall.score) != each.band for each in compared)


def _scores(sat: _Sat, weights: Mapping[str, int], shown: frozenset[str]) -> WeightedScores:
    ids = [person.id for session_id, person in sat.people.items() if session_id in shown]
    return weighted_scores(sat.form, sat.key, tuple(sat.people.values()), ids, sat.estimate, weights)


def _person(listed: _Listed, weighted: WeightedScore | None, before: Bands | None, then: Bands | None) -> WeighedPerson:
    band = before.place_of(listed.overall.score) if before and listed.not_compared is None else None
    weighted_band = then.place_of(weighted.score) if then and weighted and listed.not_compared is None else None
    return WeighedPerson(
        listed.session_id,
        listed.number,
        listed.name,
        listed.overall,
        band,
        weighted,
        weighted_band,
        listed.not_compared,
    )


def _ordered(people: Sequence[WeighedPerson]) -> tuple[WeighedPerson, ...]:
    """Put people in the order of their bands, and within one by name; who is in none stands last."""

    def place(person: WeighedPerson) -> tuple[bool, int, str, int]:
        return person.weighted_band is None, person.weighted_band or 0, person.name.casefold(), person.number

    return tuple(sorted(people, key=place))
