"""Plain values for what comes from candidates."""

from dataclasses import dataclass

from eiassess.domain.requests import QuestionKind
from eiassess.services.own_page.experience import ExperienceSummary
from eiassess.services.own_page.questions import AskedQuestion
from eiassess.web.shell.moments import full_moment

KINDS = {
    QuestionKind.EXPLAIN: "asks how the result came about and what it was used for",
    QuestionKind.CORRECT: "asks to have something corrected",
    QuestionKind.STAFF_NOTES: "asks for what people at the company wrote",
    QuestionKind.SOMETHING_ELSE: "asks something else",
}
RATED = {5: "Very good", 4: "Good", 3: "So-so", 2: "Bad", 1: "Very bad"}


@dataclass(frozen=True)
class QuestionLine:
    """A question, with its answer if there is one."""

    id: str
    session_id: str
    name: str
    what: str
    words: str
    asked: str
    answer: str
    answered: str


@dataclass(frozen=True)
class AskedPage:
    """Questions that wait, those that are answered, and how candidates found it; empty rows below five answers."""

    opening_id: str
    title: str
    waiting: tuple[QuestionLine, ...]
    answered: tuple[QuestionLine, ...]
    n_rated: int
    ratings: tuple[tuple[str, int], ...]
    mean: str
    lines: tuple[str, ...]
    n_failed: int


def question_line(asked: AskedQuestion, *, blind: bool) -> QuestionLine:
    """Word a question."""
    question = asked.question
    return QuestionLine(
        asked.id,
        asked.session_id,
        f"Candidate {asked.number}" if blind else asked.candidate_name,
        KINDS[question.kind],
        question.words,
        full_moment(question.asked_at),
        question.answer or "",
        full_moment(question.answered_at) if question.answered_at else "",
    )


def asked_page(
    opening: tuple[str, str],
    questions: tuple[AskedQuestion, ...],
    found: ExperienceSummary,
    n_failed: int,
    *,
    blind: bool,
) -> AskedPage:
    """Put a page together; the opening is its id and title."""
    lines = tuple(question_line(each, blind=blind) for each in questions)
    return AskedPage(
        *opening,
        waiting=tuple(line for line in lines if not line.answer),
        answered=tuple(line for line in lines if line.answer),
        n_rated=found.n,
        ratings=tuple((RATED[rating], found.ratings[rating]) for rating in RATED) if found.is_shown else (),
        mean=f"{found.mean:.1f}",
        lines=found.lines,
        n_failed=n_failed,
    )
