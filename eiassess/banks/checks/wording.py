"""Words that have no place in a scenario, and words to look at twice."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from eiassess.banks.checks.content import CheckedBank, ScenarioFile
from eiassess.banks.checks.findings import Finding, Severity, error, printable
from eiassess.banks.checks.words import CURLY

LISTS = Path(__file__).with_name("wording.toml")
ODD_KINDS = {"Cc", "Cf", "Co"}
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
"""Needed to write Persian, Hindi and others."""
WORDING_RULES = {"banned": ("banned-word", Severity.ERROR), "watched": ("stereotype", Severity.ADVICE)}


@dataclass(frozen=True)
class _Watch:
    pattern: re.Pattern[str]
    rule: str
    severity: Severity
    mend: str


def check_wording(bank: CheckedBank) -> Iterator[Finding]:
    """Find banned and watched words in English scenarios, and characters that do not show in any."""
    for each in bank.everything:
        for field, text in _texts(each):
            yield from _odd(each.file, field, text)
            if bank.is_english:
                yield from _watched(each.file, field, text.translate(CURLY))


def _texts(each: ScenarioFile) -> Iterator[tuple[str, str]]:
    yield "title", each.scenario.title
    yield from each.texts
    for place, option in enumerate(each.scenario.options, 1):
        yield f"options[{place}].feedback", option.feedback


def _odd(file: str, field: str, text: str) -> Iterator[Finding]:
    odd = sorted({letter for letter in text if unicodedata.category(letter) in ODD_KINDS} - set(JOINERS))
    odd += [letter for letter in "\N{REPLACEMENT CHARACTER}" if letter in text]
    if odd:
        said = f"holds characters that do not show: {printable(' '.join(odd))}"
        yield error(file, field, "odd-character", said, "Type the text again where it stands.")


def _watched(file: str, field: str, text: str) -> Iterator[Finding]:
    for watch in _lists():
        found = watch.pattern.search(text)
        if found:
            said = f'says "{printable(found.group())}"'
            yield Finding(file, field, watch.rule, watch.severity, said, watch.mend)


@cache
def _lists() -> tuple[_Watch, ...]:
    content = tomllib.loads(LISTS.read_text(encoding="utf-8"))
    return tuple(
        _Watch(_pattern(entry["words"]), *WORDING_RULES[kind], entry["mend"])
        for kind in WORDING_RULES
        for entry in content[kind]
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    r"""Match words whole, and marks wherever they stand.

    Examples
    --------
    >>> bool(_pattern(["as per", "!"]).search("Was perfect")), bool(_pattern(["as per", "!"]).search("Stop!"))
    (False, True)
    """
    any_of = (rf"\b{re.escape(word)}\b" if word[-1].isalpha() else re.escape(word) for word in words)
    return re.compile("|".join(any_of), re.IGNORECASE)
