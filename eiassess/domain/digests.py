"""Canonical JSON and its digest: the same content gives the same bytes everywhere."""

import hashlib
import json
from collections.abc import Callable
from typing import Any


def canonical_json(content: Any, default: Callable[[object], object] | None = None) -> str:  # noqa: ANN401 - anything JSON can hold
    """Write content with sorted names and no spaces; ``default`` turns what JSON does not know into what it does.

    Raises
    ------
    ValueError
        A number is not finite.

    Examples
    --------
    >>> canonical_json({"b": 1, "a": [True, None]})
    '{"a":[true,null],"b":1}'
    """
    return json.dumps(
        content, default=default, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest_of(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
