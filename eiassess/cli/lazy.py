"""Groups whose commands are imported when they are used, so that none waits, or takes memory, for what others need."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click


@dataclass(frozen=True)
class LazyCommand:
    """A command or group: the module that it is in, what ``--help`` says of it, and its name in that module."""

    module: str
    summary: str
    name: str = "command"


class LazyGroup(click.Group):
    """A group of commands that are imported when they are used; ``lazy`` lists them in order."""

    def __init__(self, *of_a_group: Any, lazy: Mapping[str, LazyCommand], **named: Any) -> None:  # noqa: ANN401 - click's
        super().__init__(*of_a_group, **named)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands in the order of the list."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command."""
        found = self._lazy.get(cmd_name)
        if found is None:
            return None
        command: click.Command = getattr(import_module(found.module), found.name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.summary) for name, each in self._lazy.items()])
