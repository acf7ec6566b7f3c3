"""How many candidates have been shown each scenario: one that many have seen may be known to the next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case
from sqlmodel import Session, col, func, select

from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, OpeningRecord, ScenarioShowingRecord
from eiassess.services.content.pinned import get_bank, get_form


@dataclass(frozen=True)
class ShownScenario:
    """A scenario with how many real candidates were shown it, how many simulated ones, and when first and last.

    Real are candidates who are not simulated, whose rows are still kept: what is deleted is counted no more.
    """

    id: str
    title: str
    n: int
    n_simulated: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class ShownBank:
    """A bank with the scenarios of all of its forms that openings use, those that most have seen first."""

    id: str
    title: str
    scenarios: tuple[ShownScenario, ...]


@dataclass
class _Count:
    n: int = 0
    n_simulated: int = 0
    first: datetime | None = None
    last: datetime | None = None


def list_exposure(database: Database) -> tuple[ShownBank, ...]:
    """Count for each scenario of each bank in use to how many candidates it was shown, whatever its version."""
    with database.reading() as db:
        titles = _titles(db)
        counts = _counts(db)
    return tuple(_bank(bank, titles, counts) for bank in sorted({bank for bank, _ in titles}))


def _bank(bank: str, titles: Mapping[tuple[str, str], str], counts: Mapping[tuple[str, str], "_Count"]) -> ShownBank:
    own = ((scenario, title) for (of, scenario), title in titles.items() if of == bank and scenario)
    shown = (_shown(scenario, title, counts.get((bank, scenario), _Count())) for scenario, title in own)
    by_number = sorted(shown, key=lambda each: (-each.n, -each.n_simulated, each.title))
    return ShownBank(bank, titles[bank, ""], tuple(by_number))


def _titles(db: Session) -> dict[tuple[str, str], str]:
    """Name the banks in use, under "", and the scenarios of the forms of openings."""
    opening, session = OpeningRecord, AssessmentSessionRecord
    found: dict[tuple[str, str], str] = {}
    in_use = {
        *db.exec(select(opening.form_digest, opening.bank_digest).distinct()).all(),
        *db.exec(select(session.form_digest, session.bank_digest).distinct()).all(),
    }
    forms = [(get_form(db, form_digest), get_bank(db, bank_digest)) for form_digest, bank_digest in sorted(in_use)]
    for form, bank in sorted(forms, key=lambda each: each[0].version):  # the newest title of a scenario stands
        found[form.bank, ""] = bank.title
        found |= {(form.bank, each.id): each.title for each in form.scenarios}
    return found


def _counts(db: Session) -> dict[tuple[str, str], _Count]:
    session, candidate, showing = AssessmentSessionRecord, CandidateRecord, ScenarioShowingRecord
    is_simulated = case((col(candidate.simulated).is_(True), 1), else_=0)
    query = (
        select(  # type: ignore[call-overload]  # six columns
            session.form_digest,
            showing.scenario_id,
            func.count(),
            func.sum(is_simulated),
            func.min(showing.first_shown_at),
            func.max(showing.first_shown_at),
        )
        .select_from(showing)
        .join(session, col(session.id) == col(showing.session_id))
        .join(candidate, col(candidate.id) == col(session.candidate_id))
        .group_by(session.form_digest, showing.scenario_id)
    )
    counts: dict[tuple[str, str], _Count] = {}
    for digest, scenario, n, n_simulated, first, last in db.exec(query):
        form = get_form(db, digest)
        count = counts.setdefault((form.bank, scenario), _Count())
        count.n += n - n_simulated
        count.n_simulated += n_simulated
        count.first = min(_known(count.first, first))
        count.last = max(_known(count.last, last))
    return counts


def _known(*moments: datetime | None) -> Iterable[datetime]:
    return (each for each in moments if each is not None)


def _shown(scenario: str, title: str, count: _Count) -> ShownScenario:
    first, last = (each.date() if each else None for each in (count.first, count.last))
    return ShownScenario(scenario, title, count.n, count.n_simulated, first, last)
