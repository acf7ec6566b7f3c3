"""Which estimate the errors of a person's score lean on, and the score's two intervals, each by its name."""

from eiassess.domain.error_estimates import PEOPLE_FOR_AN_ESTIMATE, ErrorEstimate
from eiassess.domain.scores import ScoreEstimate
from eiassess.domain.shown_scores import shown_interval
from eiassess.scoring.differences.placing import PlacedPerson
from eiassess.web.shell.moments import full_moment


def estimate_lines(placed: PlacedPerson | None) -> tuple[tuple[str, str], ...]:
    """Name the estimate by date, people and digest; nothing where nobody's errors lend another's strength."""
    if placed is None or not placed.estimate.n:
        return ()
    estimate = placed.estimate
    return ((f"Errors, from {_people(estimate)}, {full_moment(estimate.made_at)}", estimate.digest),)


def _people(estimate: ErrorEstimate) -> str:
    return f"{estimate.n:,} {'simulated people' if estimate.simulated else 'people'}"


def two_intervals(overall: ScoreEstimate | None, placed: PlacedPerson | None) -> str:
    """Name the drawn interval of the overall score and the stored one; nothing where they are written the same."""
    if overall is None or placed is None or placed.interval is None:
        return ""
    drawn, stored = shown_interval(placed.interval), shown_interval(overall.interval)
    if drawn == stored:
        return ""
    leaning = f"Lists and comparisons draw the overall score with the interval {drawn}"
    if placed.estimate.n >= PEOPLE_FOR_AN_ESTIMATE:
        leaning += f", which leans on the errors of {_people(placed.estimate)} who sat the form; so does this page"
    else:
        leaning += ", and so does this page"
    return f"{leaning}. The stored one, from these answers alone, is {stored}: reports have that."
