"""``eiassess opening ...``: jobs to fill."""

import click

from eiassess.cli.lazy import LazyCommand, LazyGroup

COMMANDS = {
    "add": LazyCommand("eiassess.cli.opening.openings", "Add an opening; prints its id.", "add"),
    "use-form": LazyCommand(
        "eiassess.cli.opening.openings", "Let those who are invited from now on sit FORM.", "change_form"
    ),
    "assign": LazyCommand("eiassess.cli.opening.openings", "Let somebody work on an opening.", "assign"),
    "list": LazyCommand(
        "eiassess.cli.opening.openings", "List all openings: id, title, candidates, handed in.", "list_all"
    ),
    "export": LazyCommand("eiassess.cli.opening.export", "Write the scores or answers of everybody in OPENING."),
}
"""The export loads neither what opens banks nor what invites: it has to write 100,000 rows in little memory."""


@click.group("opening", cls=LazyGroup, lazy=COMMANDS)
def command() -> None:
    """Jobs to fill."""
