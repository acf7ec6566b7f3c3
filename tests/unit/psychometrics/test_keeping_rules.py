import numpy as np
import pytest

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError
from eiassess.psychometrics import Doubt

CLEAR = np.array([[6.0, 4.0, 1.0], [5.0, 3.0, 2.0]] * 5)


def test_options_on_which_ten_agree_are_kept() -> None:
    verdicts = ps.option_verdicts(CLEAR, 6)
    assert all(verdict.kept for verdict in verdicts)
    assert [verdict.mean for verdict in verdicts] == [5.5, 3.5, 1.5]
    assert verdicts[0].rwg == pytest.approx(ps.within_group_agreement(CLEAR, 6)[0])
    assert verdicts[0].average_deviation == 0.5


def test_a_figure_on_its_cut_is_kept() -> None:
    # an average deviation of exactly 6 / 6, in ratings whose mean is exact
    ratings = np.array([[4.0]] * 5 + [[2.0]] * 5)
    verdict = ps.option_verdicts(ratings, 6)[0]
    assert verdict.average_deviation == 1
    assert Doubt.LARGE_DEVIATION not in verdict.doubts


@pytest.mark.parametrize(
    ("column", "rwg", "doubts"),
    [
        ([5.0] * 7 + [3.0] * 7 + [4.0] * 3, 0.70, ()),  # a variance of 14 / 16, against 35 / 12 by chance
        ([5.0] * 4 + [3.0] * 4 + [4.0] * 2, 1 - (8 / 9) / (35 / 12), (Doubt.LOW_AGREEMENT,)),  # .695
    ],
)
def test_an_rwg_of_70_is_the_least_that_is_kept(column: list[float], rwg: float, doubts: tuple[Doubt, ...]) -> None:
    verdict = ps.option_verdicts(np.array(column)[:, None], 6)[0]
    assert verdict.rwg == pytest.approx(rwg)
    assert verdict.doubts == doubts


@pytest.mark.parametrize(("n", "doubts"), [(10, ()), (9, (Doubt.FEW_EXPERTS,))])
def test_ten_experts_are_the_fewest(n: int, doubts: tuple[Doubt, ...]) -> None:
    assert ps.option_verdicts(np.full((n, 1), 5.0), 6)[0].doubts == doubts


@pytest.mark.parametrize(("high", "doubts"), [(4.0, ()), (3.9, (Doubt.NARROW_KEY,))])
def test_best_and_worst_lie_at_least_one_point_apart(high: float, doubts: tuple[Doubt, ...]) -> None:
    verdict = ps.scenario_verdict(np.array([[3.0, high]] * 10), 6)
    assert tuple(each for each in verdict.doubts if each is Doubt.NARROW_KEY) == doubts


@pytest.mark.parametrize(
    ("column", "doubts"),
    [
        ([5.0] * 9, (Doubt.FEW_EXPERTS,)),
        ([6.0, 1.0] * 5, (Doubt.LOW_AGREEMENT, Doubt.LARGE_DEVIATION)),
        ([4.0, 2.0] * 5, (Doubt.LOW_AGREEMENT,)),
        ([6.0, 5.0] * 4 + [np.nan] * 3, (Doubt.FEW_EXPERTS,)),
    ],
)
def test_why_an_option_is_not_kept(column: list[float], doubts: tuple[Doubt, ...]) -> None:
    verdict = ps.option_verdicts(np.array(column)[:, None], 6)[0]
    assert verdict.doubts == doubts
    assert not verdict.kept


def test_an_option_that_fewer_than_two_rated_has_no_figures() -> None:
    ratings = np.full((3, 2), np.nan)
    ratings[0, 0] = 4
    assert ps.option_verdicts(ratings, 6) == (
        ps.OptionVerdict(1, 4.0, None, None, (Doubt.FEW_EXPERTS,)),
        ps.OptionVerdict(0, None, None, None, (Doubt.FEW_EXPERTS,)),
    )


def test_a_scenario_with_a_clear_order_is_kept() -> None:
    verdict = ps.scenario_verdict(CLEAR, 6)
    assert verdict.kept
    assert verdict.icc == ps.intraclass_correlation(CLEAR).icc_2_k.value
    assert (verdict.n_experts, verdict.spread) == (10, 4.0)


@pytest.mark.parametrize(
    ("ratings", "doubts"),
    [
        (CLEAR[:8], (Doubt.FEW_EXPERTS,)),
        (np.where(np.arange(10)[:, None] == 0, np.nan, CLEAR), (Doubt.FEW_EXPERTS,)),
        (np.full((10, 3), 4.0), (Doubt.NO_ICC, Doubt.NARROW_KEY)),
        (np.full((3, 3), np.nan), (Doubt.FEW_EXPERTS, Doubt.NO_ICC)),
        (np.tile([4.0, 4.5, 4.9], (10, 1)), (Doubt.NARROW_KEY,)),
        (np.array([[6.0, 1.0, 5.0], [1.0, 4.0, 3.0]] * 5), (Doubt.LOW_ICC,)),
    ],
)
def test_why_a_scenario_is_not_kept(ratings: np.ndarray, doubts: tuple[Doubt, ...]) -> None:
    verdict = ps.scenario_verdict(ratings, 6)
    assert verdict.doubts == doubts
    assert not verdict.kept


@pytest.mark.parametrize("function", [ps.option_verdicts, ps.scenario_verdict])
def test_ratings_outside_the_scale_are_refused(function: object) -> None:
    with pytest.raises(InvalidInputError, match="outside the scale"):
        function(np.full((10, 2), 7.0), 6)  # type: ignore[operator]  # one of the two


@pytest.mark.parametrize(("experts", "share"), [(4, 0.096), (10, 0.006)])
def test_how_often_chance_alone_reaches_the_cut_of_rwg(experts: int, share: float) -> None:
    ratings = np.random.default_rng(1).integers(1, 7, (experts, 50_000)).astype(float)
    assert np.mean(ps.within_group_agreement(ratings, 6) >= 0.70) == pytest.approx(share, abs=0.005)
