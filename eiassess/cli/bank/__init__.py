"""``eiassess bank ...``: question banks, ours and your own."""

from importlib import import_module

import click

COMMANDS: dict[str, tuple[str, str, str]] = {
    "new": ("new", "command", "Start a bank of your own in an empty folder."),
    "preview": ("preview", "command", "Show a bank as candidates see it, or with its key as its author does."),
    "check": ("check", "command", "Hold a bank to the rules: structure, content, key and coverage."),
    "cover": ("cover", "command", "Find out how much of a key can be found without the situations."),
    "export": ("exchange", "export_command", "Write a bank as one spreadsheet to edit."),
    "import": ("exchange", "import_command", "Read a spreadsheet into a bank, in two steps."),
    "diff": ("diff", "command", "Say in words what changed from one version of a bank to another."),
}
"""Every command: its module, its name there, and what ``--help`` says of it.

A module is imported when its command is used: a check does not wait for what reads spreadsheets.
"""


class LazyBankGroup(click.Group):
    """The group, whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands in the order of the list."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, _, summary) in COMMANDS.items()])


@click.group("bank", cls=LazyBankGroup)
def command() -> None:
    """Question banks: check ours or your own, start one, look at it, edit it in a spreadsheet, compare it."""
