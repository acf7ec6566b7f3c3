"""How the cells of a table are written: the separator, decimal commas, and what stands for no answer."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from eiassess.errors import InvalidInputError

MISSING = ("", "NA")
"""Cells that say nothing."""
NO_CODES = "none"
"""Said instead of codes: all that stands there is meant."""
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")

_SWAPPED = str.maketrans(",.", ".,")
_CODE = re.compile(r"-?(7{2,9}|8{1,9}|9{1,9}|9{1,8}[5-8])|-[1-7]|-?(32767|2147483647)|-32768|-2147483648")


@dataclass(frozen=True)
class CsvFormat:
    """What is told of a table; what is not told is found, or is as usual.

    Parameters
    ----------
    separator
        What parts the cells; ``None`` to find it.
    decimal
        What parts units from tenths: a point or a comma.
    missing
        Cells that stand for no answer, beside blank and ``NA``: numbers by their value, words in any case.
    """

    separator: str | None = None
    decimal: str = "."
    missing: tuple[str, ...] = ()

    @property
    def is_meant(self) -> bool:
        """Whether all values are said to be meant, however far from the others."""
        return any(each.casefold() == NO_CODES for each in self.missing)

    @cached_property
    def _codes(self) -> frozenset[float]:
        return frozenset(float(each) for each in self.missing if NUMBER.fullmatch(each))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(each.casefold() for each in self.missing if not NUMBER.fullmatch(each)) - {NO_CODES}

    def number(self, cell: str) -> str:
        """Write a cell that should hold a number with a decimal point; blank where it stands for no answer.

        Examples
        --------
        >>> [CsvFormat(decimal=",", missing=("-99",)).number(cell) for cell in ("45,4", "1.234", "-99,0")]
        ['45.4', '1,234', '']
        """
        written = cell.translate(_SWAPPED) if self.decimal == "," else cell
        return "" if self._stands_for_nothing(cell, written) else written

    def text(self, cell: str) -> str:
        """Give a cell of text; blank where it stands for no answer."""
        return "" if self._stands_for_nothing(cell, cell) else cell

    def _stands_for_nothing(self, cell: str, written: str) -> bool:
        if cell.casefold() in self._words:
            return True
        return bool(self._codes) and NUMBER.fullmatch(written) is not None and float(written) in self._codes


USUAL = CsvFormat()


def missing_codes(texts: Iterable[str]) -> tuple[str, ...]:
    """Take lists such as ``-99,999`` apart.

    Raises
    ------
    InvalidInputError
        A list holds nothing.
    """
    codes = tuple(piece.strip() for text in texts for piece in text.split(","))
    if "" in codes:
        message = "--missing: blank is missing anyhow; expected codes such as -99,999"
        raise InvalidInputError(message)
    return codes


def is_code(value: float) -> bool:
    """Say whether a number is one that people and programs write where there is no answer.

    Examples
    --------
    >>> [is_code(value) for value in (-99, 999, 8888, 9, -1, 98, 3, 45.4)]
    [True, True, True, True, True, True, False, False]
    """
    return _CODE.fullmatch(f"{value:.15g}") is not None


def tidy_name(name: str) -> str:
    r"""Write a column's name in one way: white space as single spaces, letters composed.

    Examples
    --------
    >>> tidy_name(" How calm\n were you? "), tidy_name("Gro\u0308sse")
    ('How calm were you?', 'Grösse')
    """
    return " ".join(unicodedata.normalize("NFC", name).replace("\ufeff", "").split())
