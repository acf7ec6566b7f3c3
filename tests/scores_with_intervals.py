"""Finds scores that stand alone on a page, in a report or in a picture of one."""

import re
from typing import Any

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
HEAD, BESIDE = "Score", "95 % interval"
ENDS = re.compile(r"\d+ to \d+|not known|–")  # noqa: RUF001 - a dash in a table
BESIDE_IT = re.compile(r"interval|95 % \d+ to \d+")
COUNTED = " to \\d| minus| %| points?| person| people| scenario| competenc"
"""What follows a number that is no score: a range, or how many people are scored."""
SAID = re.compile(rf"\bscores? (?:of |is )?\d+\b(?!{COUNTED})(?P<rest>[^.;)]{{0,40}}.{{0,60}})", re.IGNORECASE)
DRAWN = re.compile(r": \d+(?!\d)(?!, 95 % interval (?:\d+ to \d+|not known))(?=,|$)")


def bare_scores(tree: Any) -> list[str]:
    """Name every score of a page that has no interval beside it: in tables, pictures and sentences."""
    found = [words for table in tree.iter(f"{XHTML}table") for words in _of_table(table)]
    found += [each.text for each in tree.iter(f"{SVG}title") if each.text and DRAWN.search(each.text)]
    return found + _of_sentences(tree)


def _of_table(table: Any) -> list[str]:
    rows = [list(row) for row in table.iter(f"{XHTML}tr")]
    heads = [_text(cell) for cell in rows[0]] if rows else []
    if HEAD not in heads:
        return []
    place = heads.index(HEAD)
    if heads[place + 1 : place + 2] != [BESIDE]:
        return [f"a column {HEAD} without {BESIDE} after it: {heads}"]
    full = [row for row in rows[1:] if len(row) == len(heads)]
    return [
        f"{_text(row[0])}: {_text(row[place])}"
        for row in full
        if re.fullmatch(r"\d+", _text(row[place])) and not ENDS.fullmatch(_text(row[place + 1]))
    ]


def _of_sentences(tree: Any) -> list[str]:
    told = [_text(each) for name in ("p", "li", "dd", "caption", "h1", "h2") for each in tree.iter(f"{XHTML}{name}")]
    return [words for words in told for said in SAID.finditer(words) if not BESIDE_IT.search(said["rest"])]


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
