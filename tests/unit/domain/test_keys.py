import pytest

from eiassess.domain.keys import KeyingMethod
from tests.builders import make_key


@pytest.mark.parametrize(
    ("method", "experts", "supports"),
    [
        (KeyingMethod.THEORY, 0, False),
        (KeyingMethod.THEORY, 12, False),
        (KeyingMethod.CONSENSUS, 50, False),
        (KeyingMethod.EXPERT, 9, False),
        (KeyingMethod.EXPERT, 10, True),
    ],
)
def test_ten_experts_have_to_stand_behind_a_key_for_selection(
    method: KeyingMethod, experts: int, *, supports: bool
) -> None:
    assert make_key(method=method, experts=experts).supports_selection is supports
