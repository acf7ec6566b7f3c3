"""``eiassess bank ...``: question banks, ours and your own."""

import click

from eiassess.cli.lazy import LazyCommand, LazyGroup

COMMANDS = {
    "new": LazyCommand("eiassess.cli.bank.new", "Start a bank of your own in an empty folder."),
    "preview": LazyCommand(
        "eiassess.cli.bank.preview", "Show a bank as candidates see it, or with its key as its author does."
    ),
    "check": LazyCommand("eiassess.cli.bank.check", "Hold a bank to the rules: structure, content, key and coverage."),
    "cover": LazyCommand("eiassess.cli.bank.cover", "Find out how much of a key can be found without the situations."),
    "export": LazyCommand("eiassess.cli.bank.exchange", "Write a bank as one spreadsheet to edit.", "export_command"),
    "import": LazyCommand(
        "eiassess.cli.bank.exchange", "Read a spreadsheet into a bank, in two steps.", "import_command"
    ),
    "diff": LazyCommand("eiassess.cli.bank.diff", "Say in words what changed from one version of a bank to another."),
}
"""A check does not wait for what reads spreadsheets."""


@click.group("bank", cls=LazyGroup, lazy=COMMANDS)
def command() -> None:
    """Question banks: check ours or your own, start one, look at it, edit it in a spreadsheet, compare it."""
