"""TOML that nobody vouches for: what would take a parser for ever is refused before it is parsed."""

import re
import tomllib
from typing import Any

from eiassess.banks.nesting import is_nested_deeper

MAX_FILE_BYTES = 2_000_000
MAX_NESTED = 40
"""Brackets within brackets that are read at all; far fewer than a parser can follow."""
# a key of so many parts takes tomllib a time and memory that grow with their square
# (nor does a key begin behind a backslash: without that, a line of quoted quotes would be looked through from each)
_LONG_KEY = re.compile(r"""(?<![\w\\-])(?:(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){40}""")


class OutOfBoundsError(ValueError):
    """A text that no bank needs and no parser should be given."""


def parse_toml(text: str) -> dict[str, Any]:
    """Parse a text whose keys and brackets are within bounds.

    Raises
    ------
    OutOfBoundsError
        A key has too many parts, or brackets lie too deep in each other; the message says which.
    ValueError
        It is not TOML; also for a number of thousands of digits.
    """
    if _LONG_KEY.search(text):
        message = "has a key of more than 40 parts"
        raise OutOfBoundsError(message)
    if is_nested_deeper(text, MAX_NESTED):
        message = f"is nested more than {MAX_NESTED} levels deep"
        raise OutOfBoundsError(message)
    return tomllib.loads(text)
