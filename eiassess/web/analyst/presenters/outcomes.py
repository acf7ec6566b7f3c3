"""What scores foretold of work, in words: plainly nothing where there are too few people."""

from dataclasses import dataclass

from eiassess.domain.outcomes import PEOPLE_FOR_VALIDITY
from eiassess.psychometrics import ExpectancyRow, needed_n
from eiassess.scoring.samples.outcomes import OutcomeValidity
from eiassess.services.outcomes.validity import FormOutcomes
from eiassess.web.analyst.presenters.words import correlation, people_in_words

THIRDS = ("Lowest third", "Middle third", "Highest third")
SMALL = 0.20
SD_AT_MOST = 100


@dataclass(frozen=True)
class OutcomesPage:
    """What stands on the page."""

    digest: str
    title: str
    simulated: bool
    n_people: int
    n_other: int
    lead: str
    about: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, str], ...]
    thirds: tuple[tuple[str, str, str, str, str], ...]
    worth: tuple[float, int] | None
    sd_given: str
    problem: str


def present_outcomes(outcomes: FormOutcomes, sd_given: str, problem: str) -> OutcomesPage:
    """Word the study of a form."""
    validity = outcomes.validity
    return OutcomesPage(
        digest=outcomes.form.digest,
        title=outcomes.form.title,
        simulated=outcomes.simulated,
        n_people=outcomes.n_people,
        n_other=outcomes.n_other,
        lead=_lead(validity, people_in_words(validity.found.n, simulated=outcomes.simulated))
        if validity
        else _too_few(outcomes),
        about=_about(outcomes),
        found=_found(validity) if validity else (),
        thirds=tuple(map(_third, THIRDS, validity.thirds)) if validity else (),
        worth=(round(validity.found.r, 4), validity.found.n) if validity and not outcomes.simulated else None,
        sd_given=sd_given,
        problem=problem,
    )


def read_sd(given: str) -> tuple[float | None, str]:
    """Read the applicants' standard deviation, or say what is wrong with it."""
    if not given:
        return None, ""
    try:
        sd = float(given)
    except ValueError:
        sd = 0.0
    return (sd, "") if 0 < sd <= SD_AT_MOST else (None, f"Applicants' SD: a number above 0, at most {SD_AT_MOST}.")


def _lead(validity: OutcomeValidity, people: str) -> str:
    low, high = validity.found.interval
    between = f"Between score and rated work there is a correlation of {correlation(validity.found.r)}"
    doubt = " It is not shown that scores foretell anything." if low <= 0 <= high else ""
    return f"{between} (95 %: {correlation(low)} to {correlation(high)}), in {people}.{doubt}"


def _too_few(outcomes: FormOutcomes) -> str:
    if outcomes.n_rated < PEOPLE_FOR_VALIDITY:
        return (
            f"Too few to say anything: {outcomes.n_rated} rated, and nothing is shown below {PEOPLE_FOR_VALIDITY}. To "
            f"find a correlation of .20 it takes {needed_n(SMALL)}."
        )
    return f"Nothing can be estimated: {outcomes.why_not}."


def _about(outcomes: FormOutcomes) -> tuple[tuple[str, str], ...]:
    apart = (("Left out", f"{outcomes.n_apart}, scored with another key or engine"),) if outcomes.n_apart else ()
    return (("In the study", f"{outcomes.n_people}, of whom {outcomes.n_rated} are rated"), *apart)


def _found(validity: OutcomeValidity) -> tuple[tuple[str, str], ...]:
    low, high = validity.found.interval
    observed = f"{correlation(validity.found.r)} ({correlation(low)} to {correlation(high)})"
    rows = [("Correlation as observed", observed), ("SD of their scores", f"{validity.score_sd:.1f}")]
    if validity.corrected is not None:
        low, high = validity.corrected.interval
        words = f"{correlation(validity.corrected.r)} ({correlation(low)} to {correlation(high)})"
        rows.append((f"Corrected for an applicants' SD of {validity.corrected.applicant_sd:g}", words))
    if validity.found.r and abs(validity.found.r) < 1:
        rows.append(("People for a chance of 80 % to find it", f"{needed_n(validity.found.r):,}"))
    return tuple(rows)


def _third(name: str, row: ExpectancyRow) -> tuple[str, str, str, str, str]:
    if row.share is None or row.interval is None:
        return name, "0", "0", "-", "-"
    low, high = row.interval
    return name, f"{row.n}", f"{row.successes}", f"{100 * row.share:.0f} %", f"{100 * low:.0f} to {100 * high:.0f} %"
