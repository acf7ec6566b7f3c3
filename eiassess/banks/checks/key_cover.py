"""A key covers every option of every scenario, on the scale on which it is rated, and nothing else."""

from collections.abc import Iterator

from eiassess.banks.checks.content import CheckedBank, KeyFile, ScenarioFile
from eiassess.banks.checks.findings import Finding, error, printable


def check_key_cover(bank: CheckedBank) -> Iterator[Finding]:
    """Hold every key to the bank's scenarios."""
    if not bank.keys:
        mend = "Write keys/theory-1.toml, with a value and a reason for every option."
        yield error("keys", "", "key", "the bank has no key that can be read", mend)
    by_id = {each.stem: each for each in bank.scenarios}
    for key in bank.keys:
        for each in bank.scenarios:
            yield from _options(key, each)
        yield from _scales(bank, key)
        for name in key.key.credits:
            if name not in by_id:
                said = "the bank has no such scenario to key"
                mend = "Mend the name, or take its tables out."
                yield error(key.file, printable(f"scenarios.{name}"), "key", said, mend)


def _options(key: KeyFile, each: ScenarioFile) -> Iterator[Finding]:
    of_key = set(key.key.credits.get(each.stem, {}))
    of_scenario = set(each.scenario.option_ids) - {""}
    field = f"scenarios.{each.stem}"
    if not of_key:
        said = f"no option of {each.file} has a value"
        yield error(
            key.file, printable(field), "key", said, f"Add [{field}.a] and so on, with value, rationale, sources."
        )
        return
    for option in sorted(of_scenario - of_key):
        said = f"this option of {each.file} has no value"
        yield error(key.file, printable(f"{field}.{option}"), "key", said, "Add it, with value, rationale and sources.")
    for option in sorted(of_key - of_scenario):
        said = f"{each.file} has no such option"
        yield error(key.file, printable(f"{field}.{option}"), "key", said, "Mend the option's name, or take it out.")


def _scales(bank: CheckedBank, key: KeyFile) -> Iterator[Finding]:
    if "scale" in key.wrong:
        return
    used = {each.scenario.kind for each in bank.scenarios if each.has_kind and each.stem in key.key.credits}
    for kind in sorted(used & set(bank.scales)):
        scale = bank.scales[kind]
        if (key.key.minimum, key.key.maximum) != (scale.minimum, scale.maximum):
            rated = f"{kind} are rated from {scale.minimum} to {scale.maximum}"
            said = f"runs from {key.key.minimum} to {key.key.maximum}; {rated}"
            yield error(key.file, "scale", "scale", said, "Give the key the bank's scale, and its values on it.")
            return
