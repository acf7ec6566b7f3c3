"""What a file is asked of: which people of an opening, in the order of their numbers, and which forms they sat.

Files stand by number, never by score: what is ordered by score tells people apart that nobody has tested.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from eiassess.domain.exports import ExportKind
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord
from eiassess.services.content.pinned import get_form
from eiassess.services.results.candidate_lists import ListQuery, list_numbers


@dataclass(frozen=True)
class ExportRequest:
    """What is asked for.

    Parameters
    ----------
    query
        The list whose people are meant, on all its pages.
    chosen
        Sessions of that list; nothing means everybody on it.
    form
        The form whose people are meant: its id, its id and version, or the beginning of its digest; empty for all.
    with_names
        Whether names and addresses stand in the file of scores.
    """

    kind: ExportKind
    query: ListQuery = field(default_factory=ListQuery)
    chosen: tuple[str, ...] = ()
    form: str = ""
    with_names: bool = False


@dataclass(frozen=True)
class SatForm:
    """A form that some of the people sit or sat, and how many of them do."""

    form: AssessmentForm
    n: int

    @property
    def mark(self) -> str:
        """What is written to mean this form."""
        return f"{self.form.id}:{self.form.version}"


@dataclass(frozen=True)
class Asked:
    """Whom a file is about: their sessions in order, and their forms, the one of most people first."""

    session_ids: tuple[str, ...]
    forms: tuple[SatForm, ...]
    n_submitted: int


def find_asked(db: Session, opening: OpeningRecord, request: ExportRequest) -> Asked:
    """Find whom a file is about, within the caller's transaction.

    Raises
    ------
    InvalidInputError
        No form of these people, or more than one, is what the request names.
    """
    session, listed, chosen = (
        AssessmentSessionRecord,
        set(list_numbers(db, opening, request.query)),
        set(request.chosen),
    )
    query = select(session.id, session.form_digest, session.state, session.number)
    of_opening = db.exec(query.where(session.opening_id == opening.id).order_by(col(session.number)))
    found = [
        (session_id, digest, state)
        for session_id, digest, state, number in of_opening
        if number in listed and (not chosen or session_id in chosen)
    ]
    counts = Counter(digest for _, digest, _ in found) or {opening.form_digest: 0}
    forms = tuple(
        SatForm(get_form(db, digest), n) for digest, n in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )
    if request.form:
        forms = (_meant(forms, request.form),)
    digests = {each.form.digest for each in forms}
    kept = [(session_id, state) for session_id, digest, state in found if digest in digests]
    n_submitted = sum(state == SessionState.SUBMITTED for _, state in kept)
    return Asked(tuple(session_id for session_id, _ in kept), forms, n_submitted)


def _meant(forms: Sequence[SatForm], named: str) -> SatForm:
    found = [each for each in forms if named in {each.form.id, each.mark} or each.form.digest.startswith(named)]
    if len(found) == 1:
        return found[0]
    fault = "Several forms here are called" if found else "Nobody here sits the form"
    message = f"{fault} {named!r}; choose one of {in_marks(forms)}"
    raise InvalidInputError(message, "form")


def in_marks(forms: Sequence[SatForm]) -> str:
    """Name forms by their marks; those that share one by their digests too."""
    marks = Counter(each.mark for each in forms)
    return ", ".join(each.mark if marks[each.mark] == 1 else f"{each.mark} ({each.form.digest[:12]})" for each in forms)
