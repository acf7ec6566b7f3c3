"""What a candidate is told, and shown, of answers that came after the end."""

from dataclasses import dataclass

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scenarios import Scenario
from eiassess.services.sitting.answers import Sitting, TimeOverError
from eiassess.web.candidate.words import counted, said
from eiassess.web.shell.moments import Moment, moment_in


@dataclass(frozen=True)
class LatePage:
    """Answers that were not taken, in words."""

    message: str
    ended: Moment
    n_answers: int
    lines: tuple[str, ...]

    @property
    def as_text(self) -> str:
        """All of it, to be copied."""
        return "\n".join(self.lines)


def late_page(sitting: Sitting, number: int | None, error: TimeOverError) -> LatePage:
    """Put into words what was not taken; the number is that of the page that it came from."""
    ended = moment_in(error.ended_at, sitting.time_zone)
    message = f"Your time ended on {ended.day} at {ended.minute}, so this came too late to be taken."
    if error.answers:
        message += (
            f" The people who recruit are told that {counted(error.answers, 'answer')} came late, not what "
            f"{'it was' if error.answers == 1 else 'they were'}."
        )
    lines: tuple[str, ...] = ()
    if number is not None and 1 <= number <= len(sitting.form.scenarios):
        lines = _lines(sitting.form, sitting.form.scenarios[number - 1], number, error)
    return LatePage(message, ended, error.answers, lines)


def _lines(form: AssessmentForm, scenario: Scenario, number: int, error: TimeOverError) -> tuple[str, ...]:
    return tuple(
        f"Scenario {number}: {option.text} - {said(form, scenario, error.given[option.id])}"
        for option in scenario.options
        if option.id in error.given
    )
