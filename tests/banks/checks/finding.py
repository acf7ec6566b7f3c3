"""What the tests of checks share: the findings of a rule, and scenarios by the dozen."""

import json
from pathlib import Path

from eiassess.banks.checks.checking import check_bank
from eiassess.banks.checks.findings import Finding
from tests.banks.small_bank import KEY, LOST_KEY, write

VALUES = {"a": 1.0, "b": 5.5, "c": 4.5, "d": 1.5}


def found(bank: Path, rule: str) -> list[Finding]:
    """Give the findings of one rule."""
    return [finding for finding in check_bank(bank).findings if finding.rule == rule]


def said(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Give severity, file and field of findings."""
    return [(finding.severity, finding.file, finding.field) for finding in findings]


def add_copies(bank: Path, values: list[dict[str, float]], texts: dict[str, str] | None = None) -> None:
    """Add a scenario of responses for each set of values, all with the texts of one."""
    scenario = (bank / LOST_KEY).read_text(encoding="utf-8")
    if texts:
        head = scenario.partition("\n[[options]]")[0]
        options = (f'\n[[options]]\nid = "{name}"\ntext = {json.dumps(text)}\n' for name, text in texts.items())
        scenario = f"{head}{''.join(options)}"
    key = (bank / KEY).read_text(encoding="utf-8")
    for number, of_options in enumerate(values, 1):
        name = f"copy-{number}"
        write(bank, f"scenarios/recovery/{name}.toml", scenario.replace('"lost-key"', f'"{name}"', 1))
        key += "".join(
            f"\n[scenarios.{name}.{option}]\nvalue = {value}\nrationale = {json.dumps('It helps her, here and now.')}\n"
            f'sources = ["own-it"]\n'
            for option, value in of_options.items()
        )
    write(bank, KEY, key)
