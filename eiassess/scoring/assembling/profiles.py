"""What forms hold, counted, and how far apart they are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.specifications import Facet, ScenarioStatistics


@dataclass(frozen=True)
class FormProfile:
    """The content of a form, practice left out.

    Parameters
    ----------
    minutes
        Expected, until real times are known.
    counts
        Facet -> value -> scenarios; every facet is there.
    with_statistics
        How many scenarios the two figures below rest on.
    difficulty
        Mean over the scenarios with statistics; None if there are none.
    information
        Sum over the scenarios with statistics; None if there are none.
    """

    scenarios: int
    words: int
    minutes: float
    counts: Mapping[Facet, Mapping[str, int]]
    with_statistics: int = 0
    difficulty: float | None = None
    information: float | None = None


def form_profile(form: AssessmentForm, statistics: Mapping[str, ScenarioStatistics]) -> FormProfile:
    """Count a form's content.

    Parameters
    ----------
    form
        The form.
    statistics
        Scenario id -> statistics, for those that have any.
    """
    known = [statistics[scenario.id] for scenario in form.scenarios if scenario.id in statistics]
    return FormProfile(
        scenarios=len(form.scenarios),
        words=sum(scenario.word_count for scenario in form.scenarios),
        minutes=form.expected_seconds(form.scenarios) / 60,
        counts={facet: _counts(form, facet) for facet in Facet},
        with_statistics=len(known),
        difficulty=sum(each.difficulty for each in known) / len(known) if known else None,
        information=sum(each.information for each in known) if known else None,
    )


def _counts(form: AssessmentForm, facet: Facet) -> dict[str, int]:
    values = Counter(value for scenario in form.scenarios if (value := facet.of(scenario)) is not None)
    return dict(sorted(values.items()))


def largest_differences(profiles: Sequence[FormProfile]) -> dict[str, float]:
    """Find the largest difference between any two forms in words, minutes, counts by facet and statistics.

    Parameters
    ----------
    profiles
        One or more.

    Returns
    -------
    dict
        For a facet: the largest difference in the number of scenarios of any one value. Statistics are left out where
        a form has none.
    """
    found: dict[str, float] = {
        "words": _range([profile.words for profile in profiles]),
        "minutes": _range([profile.minutes for profile in profiles]),
    }
    for facet in Facet:
        counts = [profile.counts[facet] for profile in profiles]
        values = {value for each in counts for value in each}
        found[facet] = max((_range([each.get(value, 0) for each in counts]) for value in values), default=0)
    for name in ("difficulty", "information"):
        numbers = [getattr(profile, name) for profile in profiles]
        if None not in numbers:
            found[name] = _range(numbers)
    return found


def _range(numbers: Sequence[float]) -> float:
    return max(numbers) - min(numbers)


def most_shared(forms: Sequence[AssessmentForm]) -> int:
    """Count the scenarios that the two most alike forms have in common; 0 for a single form.

    Parameters
    ----------
    forms
        One or more.
    """
    pairs = combinations([set(form.scenario_ids) for form in forms], 2)
    return max((len(one & other) for one, other in pairs), default=0)
