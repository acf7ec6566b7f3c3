"""An opening with other weights: the weights to move, who would stand where, and what was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from operator import attrgetter

from eiassess.domain.names import isolated
from eiassess.domain.shown_scores import shown_interval, shown_score
from eiassess.scoring.differences.wording import why_not_compared
from eiassess.services.results.bands import Bands
from eiassess.services.results.candidate_lists import PAGE_SIZE
from eiassess.services.results.saved_what_ifs import SavedWhatIf
from eiassess.services.results.what_if import WeighedPerson, WhatIf, WhyNot
from eiassess.web.recruiter.openings.presenters import NO_BAND, band_ends
from eiassess.web.recruiter.openings.sentences import band_heading, not_compared_heading
from eiassess.web.recruiter.page_turning import PageTurning, turn_pages
from eiassess.web.recruiter.pictures import IntervalPicture, weighted_picture
from eiassess.web.recruiter.what_if.sentences import (
    begins_sentence,
    evidence_sentences,
    lead_sentence,
    move,
    said_of_result,
    weights_in_words,
)
from eiassess.web.recruiter.words import evidence_title, name_of
from eiassess.web.shell.moments import full_moment

WEIGHT, MOVED, PAGE = "weight-", "moved", "page"
"""What names of an address begin with that give a weight, and its two other names."""


@dataclass(frozen=True)
class WeightChoice:
    """A competency whose weight can be moved; ``of_job`` is what the opening's profile says, if it says anything."""

    competency: str
    name: str
    weight: int
    of_job: str


@dataclass(frozen=True)
class WeighedLine:
    """A row: somebody with these weights, and by the overall score; always with intervals."""

    session_id: str
    number: str
    name: str
    band: int | None
    moved: str
    overall: str
    score: str
    interval: str
    picture: IntervalPicture | None
    not_compared: str


@dataclass(frozen=True)
class WeighedGroup:
    """Rows of one band with its heading, or all of them without one."""

    heading: str
    lines: tuple[WeighedLine, ...]


@dataclass(frozen=True)
class KeptLine:
    """A what-if that somebody kept."""

    id: str
    name: str
    kept: str
    reason: str
    weights: str
    is_own: bool
    current: bool


@dataclass(frozen=True)
class WhatIfPage:
    """What stands on the page; the dictionaries are what its addresses end in."""

    opening_id: str
    title: str
    simulated: bool
    can_move: bool
    is_closed: bool
    """Whether scores may put nobody in order here."""
    choices: tuple[WeightChoice, ...]
    begins: str
    weights: str
    lead: str
    said: tuple[str, ...]
    evidence_title: str
    evidence: tuple[str, ...]
    groups: tuple[WeighedGroup, ...]
    has_bands: bool
    only_moved: bool
    n_moved: int
    n_shown: int
    kept: tuple[KeptLine, ...]
    saved: KeptLine | None
    parameters: dict[str, str]
    with_moved: dict[str, str]
    pages: PageTurning


def present_what_if(found: WhatIf, *, blind: bool, only_moved: bool, page: int) -> WhatIfPage:
    """Word an opening with other weights, a page of its people."""
    moved = [each for each in found.people if move(each)]
    people = _as_grouped(moved if only_moved else found.people, found)
    n_pages = max(1, ceil(len(people) / PAGE_SIZE))
    page = min(max(page, 1), n_pages)
    shown = (sorted(people, key=_by_number if found.bands else attrgetter("number")) if blind else people)[
        (page - 1) * PAGE_SIZE : page * PAGE_SIZE
    ]
    weights = {f"{WEIGHT}{each}": str(weight) for each, weight in found.weights.items()}
    here = weights | ({MOVED: "yes"} if only_moved else {})
    kept = tuple(_kept(each, found) for each in found.kept)
    return WhatIfPage(
        opening_id=found.opening_id,
        title=found.title,
        simulated=found.simulated,
        can_move=found.why_not in {None, WhyNot.NOTHING_COUNTS},
        is_closed=found.why_not is WhyNot.ORDER,
        choices=_choices(found),
        begins=begins_sentence(found),
        weights=weights_in_words(found.weights, found),
        lead=lead_sentence(found),
        said=said_of_result(found),
        evidence_title=evidence_title(found.key, found.use),
        evidence=evidence_sentences(found),
        groups=_groups(shown, found, blind=blind),
        has_bands=found.bands is not None,
        only_moved=only_moved,
        n_moved=len(moved),
        n_shown=len(people),
        kept=kept,
        saved=next((each for each in kept if each.current), None),
        parameters=weights,
        with_moved=weights | {MOVED: "yes"},
        pages=turn_pages(page, n_pages, f", {len(people):,} people", lambda other: here | {PAGE: str(other)}),
    )


def _as_grouped(people: Sequence[WeighedPerson], found: WhatIf) -> Sequence[WeighedPerson]:
    """Put whoever is compared and in no band last, so that each has one heading."""
    return sorted(people, key=_has_no_score) if found.bands else people


def _by_number(person: WeighedPerson) -> tuple[bool, bool, int, int]:
    """Put people in the order of their groups, and within one by number: a name's place would tell of it."""
    in_none = person.weighted_band is None
    return in_none, _has_no_score(person), person.weighted_band or 0, person.number


def _has_no_score(person: WeighedPerson) -> bool:
    """Say who is compared and stands in no band: they have no score with these weights."""
    return person.weighted is None and person.not_compared is None


def _choices(found: WhatIf) -> tuple[WeightChoice, ...]:
    of_job = {row.competency: row.weight for row in found.profile}
    says = any(of_job.values())
    return tuple(
        WeightChoice(
            each, name_of(each, found.bank), found.weights[each], f"job: {of_job.get(each, 0)}" if says else ""
        )
        for each in found.competencies
    )


def _groups(shown: Sequence[WeighedPerson], found: WhatIf, *, blind: bool) -> tuple[WeighedGroup, ...]:
    bands = found.bands
    if bands is None:
        lines = tuple(_line(each, found, blind=blind) for each in shown)
        return (WeighedGroup("", lines),) if lines else ()
    return tuple(
        WeighedGroup(
            heading,
            tuple(_line(each, found, blind=blind) for each in together),
        )
        for heading, together in groupby(shown, lambda each: _heading(each, found, bands))
    )


def _heading(person: WeighedPerson, found: WhatIf, bands: Bands) -> str:
    if person.weighted_band is not None:
        return band_heading(person.weighted_band, bands)
    return NO_BAND if person.not_compared is None else not_compared_heading(found.not_compared)


def _line(person: WeighedPerson, found: WhatIf, *, blind: bool) -> WeighedLine:
    weighted, place, moved = person.weighted, person.weighted_band, move(person)
    return WeighedLine(
        session_id=person.session_id,
        number=f"{person.number:02}",
        name=f"Candidate {person.number:02}" if blind else isolated(person.name),
        band=place,
        moved=f"{moved} from {(person.band or 0) + 1}" if moved else "",
        overall=f"{shown_score(person.overall.score)} ({shown_interval(person.overall.interval)})",
        score=shown_score(weighted.score) if weighted else "",
        interval=shown_interval(weighted.interval) if weighted else "",
        picture=weighted_picture(weighted.score, weighted.interval, band_ends(place, found.bands))
        if weighted
        else None,
        not_compared=why_not_compared(person.not_compared) if person.not_compared else "",
    )


def _kept(each: SavedWhatIf, found: WhatIf) -> KeptLine:
    return KeptLine(
        each.id,
        isolated(each.name),
        f"Kept by {isolated(each.kept_by)}, {full_moment(each.kept_at)}",
        isolated(each.reason),
        weights_in_words(each.weights, found),
        each.is_own,
        found.saved is not None and found.saved.id == each.id,
    )
