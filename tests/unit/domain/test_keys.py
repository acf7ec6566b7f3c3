from dataclasses import replace

import pytest

from eiassess.domain.keys import KeyingMethod, KeyProvenance
from tests.builders import make_key

REASON = {"relevance": "It is what the job asks for.", "relevance_by": "Ann Head-of-Service"}
MADE = KeyProvenance("panel", "2026-11-01", "2026-11-02", "2026-11-03", 0.9, 0.95, False, "x", ())  # noqa: FBT003 - not simulated


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
    assert replace(make_key(method=method, experts=experts), **REASON).supports_selection is supports


@pytest.mark.parametrize("missing", ["relevance", "relevance_by"])
def test_so_has_a_named_person_with_a_reason(missing: str) -> None:
    key = make_key(method=KeyingMethod.EXPERT, experts=10)
    assert not key.supports_selection
    assert not replace(key, **{**REASON, missing: ""}).supports_selection


def test_neither_a_provisional_nor_a_simulated_key_supports_selection() -> None:
    key = replace(make_key(method=KeyingMethod.EXPERT, experts=10), **REASON, provenance=MADE)
    assert key.supports_selection
    assert not replace(key, provisional=True).supports_selection
    simulated = replace(key, provenance=replace(MADE, simulated=True))
    assert simulated.is_simulated
    assert not simulated.supports_selection
