"""How the people of two forms rate the texts of the flip pairs between them: of the samples, and of nobody alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from eiassess.domain.forms import AssessmentForm, flip_pairs
from eiassess.errors import NotEstimableError
from eiassess.scoring.samples.pairs import PairFigures, Sitting, pair_figures
from eiassess.scoring.samples.weak_scenarios import PEOPLE_FOR_VERDICTS
from eiassess.services.statistics.samples import OtherHalves, Sample


@dataclass(frozen=True)
class PairsWithForm:
    """The flip pairs between a form and another in use.

    Parameters
    ----------
    form, n_people
        The other form, and how many handed it in.
    n_pairs
        Flip pairs with one half in each of the two forms.
    figures
        ``None`` where too few people handed in one of the two, or nothing can be compared.
    not_estimable
        What could not be compared, and why.
    """

    form: AssessmentForm
    n_people: int
    n_pairs: int
    figures: PairFigures | None
    not_estimable: tuple[str, ...]


def pairs_with_forms(sample: Sample, others: Sequence[OtherHalves]) -> tuple[PairsWithForm, ...]:
    """Compare a sample with those of the forms that hold other halves; different people sat them."""
    return tuple(_compared(sample, other) for other in others)


def _compared(sample: Sample, other: OtherHalves) -> PairsWithForm:
    figures, reasons = _figures(sample, other)
    n_pairs = len(flip_pairs(sample.form, other.form))
    return PairsWithForm(other.form, len(other.people), n_pairs, figures, reasons)


def _figures(sample: Sample, other: OtherHalves) -> tuple[PairFigures | None, tuple[str, ...]]:
    """Take the figures that enough people are behind, and say what has none."""
    if min(len(sample.people), len(other.people)) < PEOPLE_FOR_VERDICTS:
        return None, ()
    here = Sitting(sample.form, sample.key, sample.people)
    there = Sitting(other.form, other.key, other.people)
    try:
        found = pair_figures(here, there, same_people=False, least=PEOPLE_FOR_VERDICTS)
    except NotEstimableError as error:
        return None, (str(error),)
    return found, found.not_estimable
