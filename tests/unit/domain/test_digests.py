import hashlib

import pytest

from eiassess.domain.digests import canonical_json, digest_of


def test_order_does_not_matter_and_texts_stay_readable() -> None:
    assert canonical_json({"b": "é", "a": [1, 2.5, None]}) == canonical_json({"a": [1, 2.5, None], "b": "é"})
    assert "é" in canonical_json({"b": "é"})


def test_digest_is_sha256_of_utf8() -> None:
    assert digest_of("é") == hashlib.sha256("é".encode()).hexdigest()


def test_numbers_have_to_be_finite() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json({"a": float("nan")})
