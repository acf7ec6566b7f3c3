"""What a file is asked of: which people of an opening, in the order of their numbers, and which forms they sat.

Files stand by number, never by score: what is ordered by score tells people apart that nobody has tested. Who is meant
is settled before the first row is written, and kept in four bytes a person, since there may be 100,000.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge

from sqlmodel import Session, col

from eiassess.domain.exports import ExportKind
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord
from eiassess.services.content.pinned import get_form
from eiassess.services.results.candidate_lists import ListQuery, everybody_listed


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


PEOPLE_A_PORTION = 100
"""How many people's rows are in memory at once."""
_SESSIONS_A_FETCH = 1000


@dataclass(frozen=True)
class Asked:
    """Whom a file is about: their numbers in the opening, rising, and their forms, the one of most people first."""

    numbers: "array[int]"
    forms: tuple[SatForm, ...]
    n_submitted: int

    @property
    def portions(self) -> Iterator[Sequence[int]]:
        """The numbers, a portion after the other."""
        starts = range(0, len(self.numbers), PEOPLE_A_PORTION)
        return (self.numbers[start : start + PEOPLE_A_PORTION] for start in starts)


def find_asked(db: Session, opening: OpeningRecord, request: ExportRequest) -> Asked:
    """Find whom a file is about, within the caller's transaction.

    Raises
    ------
    InvalidInputError
        No form of these people, or more than one, is what the request names.
    """
    found: dict[str, array[int]] = {}
    handed_in: Counter[str] = Counter()
    for number, digest, state in _sessions(db, opening, request):
        found.setdefault(digest, array("I")).append(number)
        handed_in[digest] += state == SessionState.SUBMITTED
    found = found or {opening.form_digest: array("I")}
    by_size = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    forms = tuple(SatForm(get_form(db, digest), len(numbers)) for digest, numbers in by_size)
    if request.form:
        forms = (_meant(forms, request.form),)
    digests = [each.form.digest for each in forms]
    numbers = array("I", merge(*(found[digest] for digest in digests)))
    return Asked(numbers, forms, sum(handed_in[digest] for digest in digests))


def _sessions(db: Session, opening: OpeningRecord, request: ExportRequest) -> Iterator[tuple[int, str, str]]:
    """Read number, form and state of everybody who is meant, by number, as the database finds them."""
    session, chosen = AssessmentSessionRecord, set(request.chosen)
    columns = [col(each) for each in (session.number, session.form_digest, session.state, session.id)]
    query = everybody_listed(db, opening, request.query, columns)
    # Without this psycopg would fetch all rows at once.
    options = {"stream_results": True, "yield_per": _SESSIONS_A_FETCH}
    for number, digest, state, session_id in db.connection().execute(query, execution_options=options):
        if not chosen or session_id in chosen:
            yield number, digest, state


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
