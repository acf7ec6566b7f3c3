"""What selecting by a score is worth: by hand, by a published table, and by what must hold whatever the figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError

people = st.integers(1, 10_000)
years = st.floats(0.1, 40)
money = st.floats(1, 1e6)
costs = st.floats(0, 1e4)
shares = st.floats(0.001, 0.999)
validities = st.floats(-1, 1)


@pytest.mark.parametrize(("share", "mean"), [(0.01, 2.665), (0.05, 2.063), (0.10, 1.755), (0.20, 1.400), (0.50, 0.798)])
def test_mean_of_those_selected_is_that_of_the_table_of_naylor_and_shine(share: float, mean: float) -> None:
    assert ps.mean_score_of_selected(share) == pytest.approx(mean, abs=6e-4)


def test_mean_of_those_selected_is_that_of_drawn_people() -> None:
    drawn = np.sort(np.random.default_rng(3).normal(size=1_000_000))
    assert ps.mean_score_of_selected(0.3) == pytest.approx(drawn[-300_000:].mean(), abs=0.005)


def test_worked_by_hand() -> None:
    """N 20, T 3, r .25, SD_y 8,000, p .4, C 30: lambda is .38634, its share .96585; 115,902 less 20 * 30 / .4."""
    found = ps.selection_utility(hired=20, years=3, r=0.25, money_sd=8_000, selection_ratio=0.4, cost_each=30)
    assert found.gain == pytest.approx(20 * 3 * 0.25 * 8_000 * 0.38634 / 0.4, rel=1e-4)
    assert found.cost == pytest.approx(1_500)
    assert found.net == found.gain - found.cost


@given(people, years, validities, money, shares, costs)
def test_the_gain_has_the_sign_of_the_validity_and_grows_in_proportion(
    hired: int, stay: float, r: float, money_sd: float, share: float, cost: float
) -> None:
    found = ps.selection_utility(hired=hired, years=stay, r=r, money_sd=money_sd, selection_ratio=share, cost_each=cost)
    twice = ps.selection_utility(
        hired=2 * hired, years=stay, r=r, money_sd=money_sd, selection_ratio=share, cost_each=cost
    )
    assert (found.gain > 0) == (r > 0) or abs(r) < 1e-300
    assert (twice.gain, twice.cost) == pytest.approx((2 * found.gain, 2 * found.cost))
    assert found.cost >= hired * cost


@given(shares, shares)
def test_who_takes_fewer_takes_better_ones(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert ps.mean_score_of_selected(less) >= ps.mean_score_of_selected(more) > 0


@given(years, money, shares, costs)
def test_at_the_break_even_nothing_is_won_or_lost(stay: float, money_sd: float, share: float, cost: float) -> None:
    r = ps.break_even_validity(years=stay, money_sd=money_sd, selection_ratio=share, cost_each=cost)
    if r <= 1:
        found = ps.selection_utility(hired=7, years=stay, r=r, money_sd=money_sd, selection_ratio=share, cost_each=cost)
        assert found.net == pytest.approx(0, abs=1e-6 * max(1, found.cost))


@pytest.mark.parametrize(
    "wrong",
    [{"hired": 0}, {"hired": float("inf")}, {"years": -1}, {"money_sd": float("nan")}, {"cost_each": -1}, {"r": 1.1},
     {"selection_ratio": 0}, {"selection_ratio": 1}],
)  # fmt: skip
def test_figures_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    figures = {"hired": 5.0, "years": 1.0, "r": 0.2, "money_sd": 1.0, "selection_ratio": 0.5, "cost_each": 0.0}
    with pytest.raises(InvalidInputError):
        ps.selection_utility(**{**figures, **wrong})


def test_nothing_to_gain_has_no_break_even() -> None:
    with pytest.raises(InvalidInputError, match="above 0"):
        ps.break_even_validity(years=0, money_sd=10, selection_ratio=0.5, cost_each=1)
