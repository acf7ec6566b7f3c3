"""The swap-in test: every bad option is the best one somewhere, or its author says why it is nowhere."""

from collections.abc import Iterator

from eiassess.banks.checks.content import CheckedBank, KeyFile, ScenarioFile
from eiassess.banks.checks.findings import Finding, advice, printable
from eiassess.banks.checks.twins import list_pairs

GOOD = 4.5
"""From here on an option is good under its twin, which then is the situation that is asked for."""


def check_best_when(bank: CheckedBank) -> Iterator[Finding]:
    """Ask of every bad option for the situation in which it would be best."""
    twins = {each.stem: other for pair in list_pairs(bank) for each, other in (pair, pair[::-1])}
    for key in bank.keys:
        for each in bank.scenarios:
            if each.is_of_responses:
                yield from _of_scenario(key, each, twins.get(each.stem))


def _of_scenario(key: KeyFile, each: ScenarioFile, twin: ScenarioFile | None) -> Iterator[Finding]:
    middle = (key.key.minimum + key.key.maximum) / 2
    there = key.credits_of(twin) if twin else {}
    for option, credit in key.credits_of(each).items():
        is_good_there = option in there and there[option].value >= GOOD
        if credit.value <= middle and not credit.best_when and not is_good_there:
            said = "nothing says in which situation this bad option would be the best one"
            mend = "Name it in best_when, or say there why there is none; else the option is bad on its face."
            yield advice(key.file, printable(f"scenarios.{each.stem}.{option}"), "best-when", said, mend)
