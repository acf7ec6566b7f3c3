"""Linking two calibrations by the items that they share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.irt.families import GRADED, PARTIAL_CREDIT, ItemFamily

METHODS = pytest.mark.parametrize("link", [ps.mean_sigma_linking, ps.stocking_lord_linking])
FAMILIES = pytest.mark.parametrize("family", [GRADED, PARTIAL_CREDIT], ids=lambda family: family.name)


def old_items(family: ItemFamily = GRADED) -> ps.ItemParameters:
    d = np.array([[2.0, 0.5, -1.0], [1.0, -0.3, 0.0], [0.7, 0.0, -0.4], [0.2, 0.0, 0.0]])
    return ps.ItemParameters(family, np.array([1.2, 0.8, 1.5, 1.0]), d, np.array([4, 3, 4, 2]))


@METHODS
@FAMILIES
@given(slope=st.floats(0.4, 2.5), shift=st.floats(-1.5, 1.5))
def test_a_linear_change_of_scale_is_found_again(link: object, family: ItemFamily, slope: float, shift: float) -> None:
    old = old_items(family)
    new = old.rescaled(1 / slope, -shift / slope).subset([3, 2, 1, 0])  # in another order, one of them new
    linking = link(old, new, [(0, 3), (1, 2), (2, 1)])  # type: ignore[operator]  # one of the two functions
    assert linking.slope == pytest.approx(slope, rel=1e-4)
    assert linking.shift == pytest.approx(shift, abs=1e-4)
    assert linking.parameters(new).a == pytest.approx(old.a[::-1], rel=1e-4)
    assert linking.theta(np.array([0.0, 1.0])) == pytest.approx([shift, shift + slope], abs=1e-3)


def test_mean_and_sigma_by_hand() -> None:
    # difficulties 0 and 2 against -1 and 3: slope 2 / 4, shift 1 - 0.5 * 1
    old = ps.ItemParameters(GRADED, np.ones(2), np.array([[0.0], [-2.0]]), np.array([2, 2]))
    new = ps.ItemParameters(GRADED, np.ones(2), np.array([[1.0], [-3.0]]), np.array([2, 2]))
    linking = ps.mean_sigma_linking(old, new, [(0, 0), (1, 1)])
    assert (linking.slope, linking.shift) == pytest.approx((0.5, 0.5))


@METHODS
def test_two_samples_on_one_scale(link: object) -> None:
    random = np.random.default_rng(7)
    d = np.linspace(-1.5, 1.5, 15)

    def scores(mean: float, sd: float) -> np.ndarray:
        theta = mean + sd * random.standard_normal((3000, 1))
        return (1.2 * theta + d + random.logistic(size=(3000, 15)) > 0).astype(float)

    first, second = (ps.GradedResponseModel().fit(scores(*at)).parameters for at in ((0.0, 1.0), (0.5, 1.3)))
    linking = link(first, second, [(item, item) for item in range(15)])  # type: ignore[operator]  # as above
    assert (linking.slope, linking.shift) == pytest.approx((1.3, 0.5), abs=0.12)


@METHODS
@pytest.mark.parametrize(
    ("new", "common", "error", "says"),
    [
        (old_items(), [], InvalidInputError, "items that they share"),
        (old_items(PARTIAL_CREDIT), [(0, 0)], InvalidInputError, "different models"),
        (old_items(), [(0, 1)], InvalidInputError, "same number of categories"),
        (old_items(), [(3, 3)], NotEstimableError, "all the same"),
        (
            ps.ItemParameters(GRADED, np.zeros(4), old_items().intercepts, old_items().categories),
            [(0, 0), (1, 1)],
            NotEstimableError,
            "slope 0",
        ),
    ],
)
def test_what_cannot_be_linked_says_why(
    link: object, new: ps.ItemParameters, common: list[tuple[int, int]], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        link(old_items(), new, common)  # type: ignore[operator]  # as above


def test_a_linking_that_finds_no_minimum_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lost:
        success = False

    monkeypatch.setattr("scipy.optimize.least_squares", lambda *_, **__: Lost())
    with pytest.raises(NotEstimableError, match="no linking was found"):
        ps.stocking_lord_linking(old_items(), old_items(), [(0, 0), (1, 1)])
