"""How a key uses its scale: options that discriminate, and reasons that teach."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from eiassess.banks.checks.content import CheckedBank, KeyFile, ScenarioFile
from eiassess.banks.checks.findings import Finding, advice, error, printable
from eiassess.banks.checks.words import count_words
from eiassess.domain.keys import KeyingMethod, OptionCredit
from eiassess.domain.scenarios import ScenarioKind

CLOSE = 1.5
APART = 2.0
MIDDLE = 0.5
MIDDLE_AT_MOST = 0.20
RATIONALE_WORDS = (6, 45)
POSITION = (0.10, 0.40)
ENOUGH = 16
"""Scenarios from which on shares over the bank say something."""
COMPARED = 2

Credits = Mapping[str, OptionCredit]


def check_keys(bank: CheckedBank) -> Iterator[Finding]:
    """Hold every key to the rules for values, reasons, middles and positions."""
    for key in bank.keys:
        keyed = [(each, key.credits_of(each)) for each in bank.scenarios]
        for each, values in keyed:
            yield from _spread(key, each, values)
            for option, credit in values.items():
                field = printable(f"scenarios.{each.stem}.{option}")
                yield from _credit(key, field, credit)
        yield from _middle(key, [credit.value for _, values in keyed for credit in values.values()])
        for kind in ScenarioKind:
            of_kind = [
                (each, values) for each, values in keyed if values and each.has_kind and each.scenario.kind is kind
            ]
            if len(of_kind) >= ENOUGH:
                yield from _positions(key, of_kind, kind)


def _spread(key: KeyFile, each: ScenarioFile, values: Credits) -> Iterator[Finding]:
    ordered = sorted(credit.value for credit in values.values())
    if len(ordered) < COMPARED:
        return
    field = printable(f"scenarios.{each.stem}")
    if ordered[-1] - ordered[0] < APART:
        said = f"best and worst are {ordered[-1] - ordered[0]:g} apart; at least {APART:g}"
        yield error(key.file, field, "key-apart", said, "Write a clearly better or a clearly worse option.")
    if min(high - low for low, high in pairwise(ordered)) > CLOSE:
        said = f"no two options lie within {CLOSE:g} of each other"
        yield error(key.file, field, "key-close", said, "Write a second good option, or two half good ones that tempt.")


def _credit(key: KeyFile, field: str, credit: OptionCredit) -> Iterator[Finding]:
    if key.key.method is KeyingMethod.THEORY and "method" not in key.wrong and credit.value * 2 % 1:
        said = f"{credit.value:g} is no half step; nobody has measured so finely"
        yield error(key.file, f"{field}.value", "key-steps", said, "Take the nearest half step, such as 4.5.")
    if not credit.sources and f"{field}.sources" not in key.wrong:
        yield error(key.file, f"{field}.sources", "rationale-sources", "cites no source", "Name the rows it rests on.")
    words, (least, most) = count_words(credit.rationale), RATIONALE_WORDS
    if credit.rationale and not least <= words <= most:
        mend = f"Say in {least} to {most} words why this helps or harms this customer, here."
        said = f"has {words} words"
        yield advice(key.file, f"{field}.rationale", "rationale-length", said, mend)


def _middle(key: KeyFile, values: list[float]) -> Iterator[Finding]:
    middle = (key.key.minimum + key.key.maximum) / 2
    near = sum(abs(value - middle) <= MIDDLE for value in values)
    if values and "scale" not in key.wrong and near > MIDDLE_AT_MOST * len(values):
        said = f"{near} of {len(values)} options lie within {MIDDLE:g} of {middle:g}, the scale's middle"
        mend = f"Rewrite some until they are clearly good or bad; at most {MIDDLE_AT_MOST:.0%} should lie there."
        yield advice(key.file, "", "key-middle", said, mend)


def _positions(key: KeyFile, keyed: Sequence[tuple[ScenarioFile, Credits]], kind: ScenarioKind) -> Iterator[Finding]:
    letters = sorted({option for _, values in keyed for option in values})
    for name, extreme in (("best", max), ("worst", min)):
        shares: dict[str, float] = dict.fromkeys(letters, 0.0)
        for _, values in keyed:
            end = extreme(credit.value for credit in values.values())
            at_end = [option for option, credit in values.items() if credit.value == end]
            for option in at_end:
                shares[option] += 1 / len(at_end)
        for letter in letters:
            share, (least, most) = shares[letter] / len(keyed), POSITION
            if not least <= share <= most:
                said = f"{letter} is the {name} option in {share:.0%} of the {len(keyed)} scenarios of {kind}"
                mend = f"Let each letter be so in {least:.0%} to {most:.0%}: change the order in some files."
                yield advice(key.file, "", f"{name}-position", printable(said), mend)
