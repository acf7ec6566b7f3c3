"""Words and numbers that all of an analyst's pages share."""

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scenarios import Scenario
from eiassess.domain.scores import Interval
from eiassess.domain.shown_scores import shown_interval, shown_score
from eiassess.scoring.samples.estimates import Estimate
from eiassess.services.statistics.samples import Sample

NOTHING = "-"
LONGEST_LABEL = 2


def people_in_words(n: int, *, simulated: bool) -> str:
    """Count people, and say so where they are simulated."""
    what = "person" if n == 1 else "people"
    return f"{n} simulated {what}" if simulated else f"{n} {what}"


def correlation(value: float | None) -> str:
    """Write a correlation with two decimals and no 0 before them.

    Examples
    --------
    >>> correlation(0.315), correlation(-0.042), correlation(1.0), correlation(None), correlation(-0.001)
    ('.32', '-.04', '1.00', '-', '.00')
    """
    if value is None:
        return NOTHING
    rounded = round(value, 2) + 0.0
    return f"{rounded:.2f}".replace("0.", ".", 1) if abs(rounded) < 1 else f"{rounded:.2f}"


def correlation_interval(estimate: Estimate | None) -> str:
    """Write the interval of a correlation."""
    if estimate is None:
        return NOTHING
    return f"{correlation(estimate.interval.low)} to {correlation(estimate.interval.high)}"


def number(value: float | None, decimals: int = 1) -> str:
    """Write a number, or that there is none."""
    return NOTHING if value is None else f"{value:.{decimals}f}"


def interval(found: Interval | None, decimals: int = 1) -> str:
    """Write an interval, or that there is none."""
    return NOTHING if found is None else f"{found.low:.{decimals}f} to {found.high:.{decimals}f}"


def score(value: float | None) -> str:
    """Write a score or a mean of scores, or that there is none."""
    return NOTHING if value is None else shown_score(value)


def score_interval(found: Interval | None) -> str:
    """Write an interval of scores, or that there is none."""
    return NOTHING if found is None else shown_interval(found)


def duration(seconds: float | None) -> str:
    """Write a time spent on a page.

    Examples
    --------
    >>> duration(125.4), duration(42), duration(None)
    ('2 min 05 s', '42 s', '-')
    """
    if seconds is None:
        return NOTHING
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def key_in_words(key: ScoringKey) -> str:
    """Name a key with its version and who stands behind it."""
    marks = [each for each, holds in (("provisional", key.provisional), ("SIMULATED", key.is_simulated)) if holds]
    behind = "1 expert" if key.experts == 1 else f"{key.experts} experts"
    return ", ".join([f"{key.id}, version {key.version} ({key.method.value.lower()}, {behind})", *marks])


def form_in_words(form: AssessmentForm) -> str:
    """Name a form with its version and its bank."""
    return f"{form.id}, version {form.version}, of {form.bank}"


def competency_name(sample: Sample, scenario: Scenario) -> str:
    """Name a scenario's competency as tables do."""
    found = sample.bank.model.competencies.get(scenario.competency or "")
    return found.short_name if found else ""


def option_labels(scenario: Scenario) -> dict[str, str]:
    """Label options for tables and charts: by their ids where these are short, else by their place."""
    if all(len(option) <= LONGEST_LABEL for option in scenario.option_ids):
        return {option: option for option in scenario.option_ids}
    return {option: str(place) for place, option in enumerate(scenario.option_ids, start=1)}
