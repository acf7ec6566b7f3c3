"""Background work as its page says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from eiassess.domain.job_states import JobState
from eiassess.services.differences.estimates import RENEW_JOB
from eiassess.services.hiring.own_reminders import REMIND_JOB
from eiassess.services.jobs.showing import JOBS_A_PAGE, JobLine, Work
from eiassess.web.shell.moments import full_moment

KINDS: Mapping[str, str] = {REMIND_JOB: "Planned reminder", RENEW_JOB: "New estimates of errors"}
"""Each kind of ``eiassess.worker.handlers``, as recruiters call it."""
STATES: Mapping[JobState, tuple[str, str]] = {
    JobState.FAILED: ("Given up", "caution"),
    JobState.RUNNING: ("Running", "active"),
    JobState.WAITING: ("Waiting", "plain"),
    JobState.DONE: ("Done", "done"),
}
HIDDEN = "The reason is hidden while names are."


@dataclass(frozen=True)
class JobPage:
    """One piece of work; ``number`` tells its button from the others to whoever hears the page."""

    id: str
    number: int
    kind: str
    state: str
    pill: str
    when: str
    progress: str
    words: str
    can_be_retried: bool


@dataclass(frozen=True)
class WorkPage:
    """The background work of an opening."""

    opening_id: str
    title: str
    lead: str
    lines: tuple[JobPage, ...]
    page: str
    previous: int | None
    following: int | None


def present_work(found: Work, opening_id: str, page: int, *, blind: bool) -> WorkPage:
    """Lay the work out."""
    n_pages = max(1, -(-sum(found.counts.values()) // JOBS_A_PAGE))
    first = (page - 1) * JOBS_A_PAGE + 1
    return WorkPage(
        opening_id=opening_id,
        title=found.opening_title,
        lead=_lead(found.counts),
        lines=tuple(_line(line, number, blind=blind) for number, line in enumerate(found.lines, first)),
        page=f"Page {page} of {n_pages}" if n_pages > 1 and found.lines else "",
        previous=min(page - 1, n_pages) if page > 1 else None,
        following=page + 1 if page < n_pages else None,
    )


def _lead(counts: Mapping[JobState, int]) -> str:
    said = [f"{counts[state]} {words.lower()}" for state, (words, _) in STATES.items() if counts.get(state)]
    return ", ".join(said).capitalize() + "." if said else ""


def _line(line: JobLine, number: int, *, blind: bool) -> JobPage:
    state, pill = STATES[line.state]
    return JobPage(
        id=line.id,
        number=number,
        kind=KINDS.get(line.kind, "Background work"),
        state=state,
        pill=pill,
        when=_when(line),
        progress=f"{line.done} of {line.total} done" if line.total else "",
        words=_words(line, blind=blind),
        can_be_retried=line.state is JobState.FAILED,
    )


def _when(line: JobLine) -> str:
    if line.finished_at is not None:
        return f"Ended {full_moment(line.finished_at)}"
    return f"{'Due' if line.state is JobState.WAITING else 'Was due'} {full_moment(line.due_at)}"


def _words(line: JobLine, *, blind: bool) -> str:
    """Say what became of it; a failure's words can hold anything, so they are hidden with the names."""
    if line.state is JobState.DONE or not line.words:
        return _sentence(line.words)
    if line.state is JobState.FAILED:
        said = f"Tried {line.tries} times, and not again by itself. The last time: "
    elif line.state is JobState.WAITING:
        said = "It is tried again. The last time: "
    else:
        said = "It is being tried again. The last time: "
    return said + (HIDDEN if blind else _sentence(line.words))


def _sentence(words: str) -> str:
    return words if not words or words.endswith(".") else f"{words}."
