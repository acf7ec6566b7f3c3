"""Which estimate the errors of a person's score lean on, in a line."""

from eiassess.scoring.differences.placing import PlacedPerson
from eiassess.web.shell.moments import full_moment


def estimate_lines(placed: PlacedPerson | None) -> tuple[tuple[str, str], ...]:
    """Name the estimate by date, people and digest; nothing where nobody's errors lend another's strength."""
    if placed is None or not placed.estimate.n:
        return ()
    estimate = placed.estimate
    people = "simulated people" if estimate.simulated else "people"
    return ((f"Errors, from {estimate.n:,} {people}, {full_moment(estimate.made_at)}", estimate.digest),)
