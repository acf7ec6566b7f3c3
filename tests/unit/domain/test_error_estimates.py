import json
from dataclasses import replace
from datetime import UTC, datetime
from math import inf

import pytest

from eiassess.domain.error_estimates import ErrorEstimate, ErrorMethod, EvenSittings, SharedError

ESTIMATE = ErrorEstimate(
    form_digest="f" * 64,
    key_digest="k" * 64,
    engine="house-scale-2",
    method=ErrorMethod.LEAVING_OUT,
    made_at=datetime(2026, 11, 28, 2, 0, tzinfo=UTC),
    simulated=False,
    members=("a", "b"),
    uneven=("c",),
    form_df=16,
    tests=SharedError(inf, 0.02, 0.03),
    intervals=SharedError(8.5, 0.04, 0.05),
    scenario_means={"late-bus": 0.1, "cold-soup": -0.1},
    mean_z=0.8,
    tau_squared=0.06,
    even=EvenSittings({"late-bus": 0.2, "cold-soup": 0.3}, 0.25),
)


@pytest.mark.parametrize("estimate", [ESTIMATE, replace(ESTIMATE, even=None, mean_z=None, intervals=SharedError())])
def test_it_comes_back_as_it_was(estimate: ErrorEstimate) -> None:
    again = ErrorEstimate.from_json(estimate.json)
    assert again == estimate
    assert again.digest == estimate.digest


def test_infinite_is_null() -> None:
    content = json.loads(ESTIMATE.json)
    assert (content["tests"]["d0"], content["intervals"]["d0"]) == (None, 8.5)


@pytest.mark.parametrize(
    "other",
    [
        replace(ESTIMATE, members=("a", "d")),
        replace(ESTIMATE, made_at=datetime(2026, 11, 29, 2, 0, tzinfo=UTC)),
        replace(ESTIMATE, simulated=True),
    ],
    ids=["people", "date", "simulated"],
)
def test_whatever_differs_makes_another_digest(other: ErrorEstimate) -> None:
    assert other.digest != ESTIMATE.digest


def test_the_same_makes_the_same_digest_in_whatever_order_it_was_written() -> None:
    turned = dict(reversed(ESTIMATE.scenario_means.items()))
    assert replace(ESTIMATE, scenario_means=turned).digest == ESTIMATE.digest


def test_it_counts_those_who_shape_it() -> None:
    assert ESTIMATE.n == 2


def test_something_else_is_no_estimate() -> None:
    with pytest.raises(KeyError):
        ErrorEstimate.from_json("{}")
    with pytest.raises(TypeError):
        ErrorEstimate.from_json(ESTIMATE.json.replace('"mean_z"', '"mean_w"'))
