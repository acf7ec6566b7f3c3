"""Whether the length of an option gives away how good it is."""

from collections.abc import Iterator
from math import sqrt

from eiassess.banks.checks.content import CheckedBank, KeyFile
from eiassess.banks.checks.findings import Finding, Severity
from eiassess.banks.checks.key_use import ENOUGH
from eiassess.banks.checks.words import count_words

CORRELATION_BELOW = 0.15
LONGEST_AT_MOST = 0.30
COMPARED = 2

Lengths = list[tuple[int, float]]
"""Words and value of each option of a scenario."""


def check_length_cues(bank: CheckedBank) -> Iterator[Finding]:
    """Hold every key to the two rules for length, over the scenarios of responses; advice while there are few."""
    for key in bank.keys:
        scenarios = [lengths for lengths in _lengths(bank, key) if len(lengths) >= COMPARED]
        severity = Severity.ERROR if len(scenarios) >= ENOUGH else Severity.ADVICE
        yield from _correlation(key.file, [pair for lengths in scenarios for pair in lengths], severity)
        yield from _longest(key.file, scenarios, severity)


def _lengths(bank: CheckedBank, key: KeyFile) -> Iterator[Lengths]:
    for each in bank.scenarios:
        if each.is_of_responses:
            values = key.credits_of(each)
            yield [
                (count_words(option.text), values[option.id].value)
                for option in each.scenario.options
                if option.id in values and option.text
            ]


def _correlation(file: str, pairs: Lengths, severity: Severity) -> Iterator[Finding]:
    r = correlation(pairs)
    if abs(r) >= CORRELATION_BELOW:
        better = "longer" if r > 0 else "shorter"
        said = (
            f"options' words and values correlate {r:+.2f} over {len(pairs)} options; below {CORRELATION_BELOW} in size"
        )
        mend = f"{better.capitalize()} options are the better ones: lengthen or cut some against the trend."
        yield Finding(file, "", "length-correlation", severity, said, mend)


def correlation(pairs: Lengths) -> float:
    """Pearson's r, by hand since numpy takes longer to load than a bank to check; 0 where something never varies.

    Examples
    --------
    >>> correlation([(1, 1.0), (2, 3.0), (3, 2.0)])
    0.5
    """
    if not pairs:
        return 0.0
    mean_x, mean_y = (sum(side) / len(pairs) for side in zip(*pairs, strict=True))
    products = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    squares = sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs)
    return products / sqrt(squares) if squares else 0.0


def _longest(file: str, scenarios: list[Lengths], severity: Severity) -> Iterator[Finding]:
    given_away = sum(_is_longest_best(lengths) for lengths in scenarios)
    if given_away > LONGEST_AT_MOST * len(scenarios):
        said = f"in {given_away} of {len(scenarios)} scenarios of responses the best option is as long as the longest"
        mend = f"Cut the best option or lengthen another, until it is so in at most {LONGEST_AT_MOST:.0%}."
        yield Finding(file, "", "longest-is-best", severity, said, mend)


def _is_longest_best(lengths: Lengths) -> bool:
    best = max(value for _, value in lengths)
    return max(words for words, value in lengths if value == best) == max(words for words, _ in lengths)
