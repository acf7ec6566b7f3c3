"""How many people rated as effective what a key tags as irritating: counts of a sample, nothing of single persons."""

from collections.abc import Sequence
from dataclasses import dataclass

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.scoring.person.irritants import Tagged, above_the_middle, tagged_options
from eiassess.scoring.samples.answers import PersonAnswers
from eiassess.scoring.samples.weak_scenarios import PEOPLE_FOR_VERDICTS


@dataclass(frozen=True)
class IrritantFigures:
    """One irritant of a form in a sample.

    Parameters
    ----------
    irritant, n_options
        Its id, and how many options of the form the key tags with it.
    n_people
        People who rated all of these options.
    n_any, n_all
        How many of them rated at least one of the options, and all of them, above the middle of the scale; ``None``
        where fewer people than verdicts need rated them.
    """

    irritant: str
    n_options: int
    n_people: int
    n_any: int | None
    n_all: int | None


def irritant_figures(
    form: AssessmentForm, key: ScoringKey, people: Sequence[PersonAnswers]
) -> tuple[IrritantFigures, ...]:
    """Count, for each irritant that a form tags, who rated its options above the middle; the most options first."""
    found = [_figures(form, name, tagged, people) for name, tagged in tagged_options(form, key).items()]
    return tuple(sorted(found, key=lambda each: -each.n_options))


def _figures(form: AssessmentForm, name: str, tagged: Tagged, people: Sequence[PersonAnswers]) -> IrritantFigures:
    n_options = sum(len(options) for options in tagged.values())
    above = [_n_above(form, tagged, person) for person in people if _rated_all(tagged, person)]
    enough = len(above) >= PEOPLE_FOR_VERDICTS
    n_any, n_all = sum(n > 0 for n in above), sum(n == n_options for n in above)
    return IrritantFigures(name, n_options, len(above), n_any if enough else None, n_all if enough else None)


def _rated_all(tagged: Tagged, person: PersonAnswers) -> bool:
    return all(options <= person.answers.get(name, {}).keys() for name, options in tagged.items())


def _n_above(form: AssessmentForm, tagged: Tagged, person: PersonAnswers) -> int:
    scenarios = [scenario for scenario in form.scenarios if scenario.id in tagged]
    return sum(len(above_the_middle(form, each, person.answers[each.id]) & tagged[each.id]) for each in scenarios)
