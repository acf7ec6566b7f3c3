"""What selecting by a score is worth in money, beside taking anybody."""

from dataclasses import dataclass
from math import exp, pi, sqrt

from scipy.special import ndtri

from eiassess.errors import InvalidInputError
from eiassess.psychometrics.validity.criterion import require_correlation, require_share


@dataclass(frozen=True)
class Utility:
    """What selection brings, before and after what assessing costs; in the money that the figures were in."""

    gain: float
    cost: float

    @property
    def net(self) -> float:
        """What is left of the gain."""
        return self.gain - self.cost


def mean_score_of_selected(selection_ratio: float) -> float:
    """Mean standard score of those selected from the top of a normal distribution: ``phi(z_p) / p``.

    The mean of the top share of very many; among few applicants it is a little lower.

    Parameters
    ----------
    selection_ratio
        Share of those assessed who are selected.

    Raises
    ------
    InvalidInputError
        The share is not between 0 and 1.

    References
    ----------
    Naylor & Shine (1965), Journal of Industrial Psychology 3, 33.

    Examples
    --------
    >>> [round(mean_score_of_selected(share), 3) for share in (0.05, 0.2, 0.5)]
    [2.063, 1.4, 0.798]
    """
    require_share(selection_ratio)
    cut = float(ndtri(selection_ratio))
    return exp(-cut * cut / 2) / sqrt(2 * pi) / selection_ratio


def selection_utility(
    *, hired: float, years: float, r: float, money_sd: float, selection_ratio: float, cost_each: float
) -> Utility:
    """Weigh selection in money after Brogden, Cronbach and Gleser: ``N T r SD_y phi(z_p) / p - N C / p``.

    Against taking anybody of the same applicants, if people are selected from the highest score down.

    Parameters
    ----------
    hired
        N, people hired.
    years
        T, how long they stay on average.
    r
        Validity: the score's correlation with performance among applicants.
    money_sd
        SD_y, standard deviation of performance in money, a person and year.
    selection_ratio
        p, share of those assessed who are hired: N / p are assessed.
    cost_each
        C, cost of assessing one person.

    Raises
    ------
    InvalidInputError
        r lies outside -1 to 1, the share is not between 0 and 1, nobody is hired, or another figure is below 0.

    References
    ----------
    Brogden (1949), Personnel Psychology 2, 171; Cronbach & Gleser (1965), Psychological Tests and Personnel Decisions.

    Examples
    --------
    >>> found = selection_utility(hired=10, years=2, r=0.2, money_sd=10_000, selection_ratio=0.5, cost_each=50)
    >>> round(found.gain), round(found.cost), round(found.net)
    (31915, 1000, 30915)
    """
    require_correlation(r)
    _require_money(hired, years, money_sd, cost_each)
    gain = hired * years * r * money_sd * mean_score_of_selected(selection_ratio)
    return Utility(gain, hired * cost_each / selection_ratio)


def break_even_validity(*, years: float, money_sd: float, selection_ratio: float, cost_each: float) -> float:
    """Find the validity at which selection brings what assessing costs: ``C / (T SD_y phi(z_p))``.

    Above 1, it never does.

    Parameters
    ----------
    years, money_sd, selection_ratio, cost_each
        As in `selection_utility`; years and SD above 0.

    Raises
    ------
    InvalidInputError
        The share is not between 0 and 1, or another figure is too low.

    References
    ----------
    Boudreau (1984), Industrial Relations 23, 198: break-even analysis; here of `selection_utility`, solved for r.

    Examples
    --------
    >>> round(break_even_validity(years=2, money_sd=10_000, selection_ratio=0.5, cost_each=50), 4)
    0.0063
    """
    _require_money(1, years, money_sd, cost_each)
    worth = years * money_sd * mean_score_of_selected(selection_ratio) * selection_ratio
    if worth == 0:
        message = "years and spread are above 0 where something is to be gained"
        raise InvalidInputError(message)
    return cost_each / worth


def _require_money(hired: float, *others: float) -> None:
    if not (0 < hired < float("inf") and all(0 <= each < float("inf") for each in others)):
        message = "somebody is hired, and years, spread and cost are not below 0"
        raise InvalidInputError(message)
