"""What a comparison's errors were estimated from, in words."""

from dataclasses import dataclass

from eiassess.domain.error_estimates import PEOPLE_FOR_AN_ESTIMATE, ErrorEstimate, ErrorMethod
from eiassess.services.differences.pages import UsedEstimate
from eiassess.web.shell.moments import long_day

CHOICES = (
    "This form has choices, of which no study has shown yet that people can lend each other's errors strength: each "
    "person's error is their own alone."
)
ALONE = (
    f"Fewer than {PEOPLE_FOR_AN_ESTIMATE} people have shaped an estimate of this form's errors so far: each person's "
    "error is their own alone, and only large differences show."
)


@dataclass(frozen=True)
class EstimateLine:
    """An estimate of errors in words, and the earlier ones with the digest that asks for each."""

    words: str
    digest: str
    """Empty where nothing is on file."""
    others: tuple[tuple[str, str], ...]


def estimate_line(used: UsedEstimate) -> EstimateLine:
    """Word what the errors of one form's scores lean on."""
    estimate = used.estimate
    kept = any(each.digest == estimate.digest for each in used.on_file)
    others = tuple(
        (f"{long_day(each.made_at)}, {each.n:,} people", each.digest)
        for each in used.on_file
        if each.digest != estimate.digest
    )
    return EstimateLine(_words(used), estimate.digest if kept else "", others)


def _words(used: UsedEstimate) -> str:
    estimate = used.estimate
    if estimate.method is ErrorMethod.STORED:
        return CHOICES
    if estimate.n < PEOPLE_FOR_AN_ESTIMATE:
        return ALONE
    made = f"on {long_day(estimate.made_at)} from {_people(estimate)} who sat {used.form_title}"
    return f"Errors as estimated {made}. The drawn intervals of the overall scores lean on them."


def _people(estimate: ErrorEstimate) -> str:
    return f"{estimate.n:,} {'simulated people' if estimate.simulated else 'people'}"
