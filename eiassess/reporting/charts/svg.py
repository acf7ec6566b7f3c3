"""Write SVG so that nothing a person typed can become markup, and measure text without a font at hand."""

import unicodedata

from markupsafe import Markup, escape

# Widths in units of the type size, those of DejaVu Sans: the reader's typeface is not known here, and few are broader.
_NARROW, _DIGIT, _SMALL, _CAPITAL, _BROAD, _FULL = 0.34, 0.62, 0.6, 0.69, 0.96, 1.0
_NARROW_LETTERS = frozenset("ijltfI.,:;'!|()[]- ")
_BROAD_LETTERS = frozenset("mwMW@%…")


def element(name: str, *children: str, **attributes: object) -> Markup:
    """Return an SVG element; text and values are escaped, ``font_size`` is written ``font-size``.

    Examples
    --------
    >>> element("text", "a < b", font_size=12, class_="chart-text")
    Markup('<text font-size="12" class="chart-text">a &lt; b</text>')
    """
    written = Markup("").join(
        Markup(' {}="{}"').format(key.strip("_").replace("_", "-"), _number(value)) for key, value in attributes.items()
    )
    content = Markup("").join(escape(child) for child in children)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, content)  # noqa: S704 - names are written in code


def _number(value: object) -> object:
    # One decimal is finer than any screen, and the same digits come out on every machine.
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def text_width(text: str, size: float) -> float:
    """Estimate how wide a line of text is, in the unit of ``size``."""
    return size * sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return _FULL
    if letter in _NARROW_LETTERS:
        return _NARROW
    if letter in _BROAD_LETTERS:
        return _BROAD
    if letter.isdigit():
        return _DIGIT
    return _CAPITAL if letter.isupper() or letter > "\u036f" else _SMALL


def shortened(text: str, size: float, room: float) -> str:
    """Cut a line to the room it has, with an ellipsis; a letter keeps its accents or goes with them.

    Examples
    --------
    >>> shortened("Recovery", 14, 200)
    'Recovery'
    >>> shortened("Managing the customer's emotions", 14, 100)
    'Managing th…'
    """
    if text_width(text, size) <= room:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > room:
        kept = kept[:-1]
    if kept and unicodedata.combining(text[len(kept)]):
        kept = kept[:-1]
    return kept.rstrip() + "…"
