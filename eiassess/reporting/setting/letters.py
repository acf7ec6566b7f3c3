"""Letters that no font of this machine has, in words: which they are, and what brings them."""

import unicodedata
from itertools import groupby

LETTERS_OF_MANY_SCRIPTS = "Ñ Ж Ω あ 王 김 ก अ ਗ த አ ნ Ա অ ශ ગ త ಕ മ ଓ ខ ລ မ བ ع א 🌻"
"""What a machine is asked for before a name needs it: one letter of each script that many people are called in."""
_SHOWN_OF_EACH = 12
_EAST_ASIAN = frozenset(
    {"BOPOMOFO", "CJK", "FULLWIDTH", "HALFWIDTH", "HANGUL", "HIRAGANA", "IDEOGRAPHIC", "KANGXI", "KATAKANA"}
)


def missing_letters(letters: str) -> str:
    """Say which letters are boxes in a PDF, and which Debian packages have them.

    Parameters
    ----------
    letters
        Characters without a glyph, as `eiassess.reporting.setting.pdf.render_pdf_noting` notes them.

    Returns
    -------
    str
        One sentence for whoever looks after the machine; empty if nothing is missing.

    Examples
    --------
    >>> missing_letters("กข")
    'no font on this machine has Thai (ก ข). On Debian: apt-get install fonts-noto-core'
    >>> missing_letters("")
    ''
    """
    if not letters:
        return ""
    by_script = {script: "".join(each) for script, each in groupby(sorted(letters, key=_script), key=_script)}
    named = ", ".join(f"{script} ({_some(each)})" for script, each in by_script.items())
    packages = " ".join(sorted(set(map(_package, letters))))
    return f"no font on this machine has {named}. On Debian: apt-get install {packages}"


def _some(letters: str) -> str:
    shown = " ".join(letters[:_SHOWN_OF_EACH])
    return f"{shown} and {len(letters) - _SHOWN_OF_EACH} more" if len(letters) > _SHOWN_OF_EACH else shown


def _script(letter: str) -> str:
    """Call a letter's script by the first word of its Unicode name; Python does not know scripts themselves."""
    if _is_sign(letter):
        return "signs"
    word = unicodedata.name(letter, "").partition(" ")[0]
    return word if word == "CJK" else word.capitalize() or "unnamed"


def _package(letter: str) -> str:
    if _is_sign(letter):
        return "fonts-noto-color-emoji"
    return "fonts-noto-cjk" if unicodedata.name(letter, "").split(" ")[0] in _EAST_ASIAN else "fonts-noto-core"


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter) in {"So", "Sk"}
