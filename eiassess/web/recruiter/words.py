"""Words and small values that all of a recruiter's pages share."""

from collections.abc import Sequence

from eiassess.domain.banks import QuestionBank
from eiassess.domain.keys import ScoringKey
from eiassess.domain.names import isolated
from eiassess.domain.reasons import OVERALL
from eiassess.domain.sessions import HandedInBy, SessionState, WithdrawnBy
from eiassess.domain.uses import UseOfScores
from eiassess.scoring.interpreting import part_name
from eiassess.services.results.candidate_lists import Neighbour
from eiassess.services.results.candidate_rows import CandidateRow
from eiassess.web.shell.moments import short_day


def shown_name(row: CandidateRow | Neighbour, *, blind: bool) -> str:
    """Return a candidate's name, or the number that stands for it while names are hidden."""
    return f"Candidate {row.number:02}" if blind else isolated(row.name)


def distinct_names(rows: Sequence[CandidateRow], *, blind: bool) -> dict[str, str]:
    """Name candidates by session so that no two are called the same: namesakes get their number."""
    names = [shown_name(row, blind=blind) for row in rows]
    return {
        row.session_id: f"{name} ({row.number:02})" if names.count(name) > 1 else name
        for row, name in zip(rows, names, strict=True)
    }


def state_in_words(row: CandidateRow) -> str:
    """Say how far a candidate is."""
    if row.withdrawn_by is not None:
        return "Withdrew" if row.withdrawn_by is WithdrawnBy.CANDIDATE else "Withdrawn by the company"
    if row.handed_in_by is HandedInBy.SERVER:
        return "Handed in by us at the end"
    match row.state:
        case SessionState.INVITED:
            return "Not begun"
        case SessionState.STARTED:
            return f"{row.n_answered} of {row.n_scenarios} done"
        case SessionState.SUBMITTED:
            return "Handed in"


def name_of(part: str, bank: QuestionBank) -> str:
    """Name the overall score, a competency or a style."""
    return "Overall" if part == OVERALL else part_name(part, bank.model)


def evidence_title(key: ScoringKey, use: UseOfScores | None = None) -> str:
    """Say what the scores may be used for, as the key's status allows or as somebody answers for."""
    if key.supports_selection:
        return "What the scores rest on"
    if use is not None and use.is_switched_on:
        return "Too few experts stand behind the key; sorting by score is switched on here"
    return "For practice and for preparing the interview, not for ranking or selection"


def use_sentences(use: UseOfScores | None) -> tuple[str, ...]:
    """Say who answers for sorting by score, if somebody does."""
    if use is None or not use.is_switched_on or use.choice is None:
        return ()
    said = f"{isolated(use.choice.person)} answers for sorting by score here since {short_day(use.choice.at)}"
    return (f"{said}: {isolated(use.choice.reason)} Candidates read so before they agree.",)
