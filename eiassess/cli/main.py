"""The command ``eiassess``: which groups there are, and how errors become one line and an exit code."""

from importlib import import_module
from typing import Any

import click

from eiassess import __version__
from eiassess.errors import EIAssessError

NOTHING_DONE = 2

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("eiassess.cli.demo", "Serve a demo with simulated candidates on this machine."),
    "serve": ("eiassess.cli.serve", "Serve the web application of this installation."),
    "worker": ("eiassess.cli.worker", "Send mails and do what else is due, apart from the web server."),
    "db": ("eiassess.cli.db", "Look after the database."),
    "user": ("eiassess.cli.user", "People who sign in."),
    "opening": ("eiassess.cli.opening", "Jobs to fill."),
    "panel": ("eiassess.cli.panel", "Panels of experts who key a form."),
    "invite": ("eiassess.cli.invite", "Links for candidates."),
    "outcomes": ("eiassess.cli.outcomes", "How those work who were hired."),
    "outbox": ("eiassess.cli.outbox", "Mails: where they stand, and what came back."),
    "report": ("eiassess.cli.report", "Reports as PDF."),
    "simulate": ("eiassess.cli.simulate", "Let simulated people answer a form."),
    "score": ("eiassess.cli.score", "Score a CSV file of responses to a form."),
    "analyse": ("eiassess.cli.analyse", "Statistics of a CSV file: reliability, fairness, validity and more."),
    "bank": ("eiassess.cli.bank", "Question banks: check, start, preview, edit in a spreadsheet, compare."),
    "form": ("eiassess.cli.form", "Forms: what they hold, and parallel ones from a specification."),
    "doctor": ("eiassess.cli.doctor", "Say what this installation lacks and how to mend it."),
}
"""Every command or group: its name, the module whose ``command`` it is, and what ``--help`` says of it.

The module is imported when the command is used, so that ``eiassess --help`` does not wait for numpy or a web server.
"""


class CommandError(click.ClickException):
    """An error of ours on its way to standard error."""

    exit_code = NOTHING_DONE


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used, and which translates our errors, once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands in the order of the list."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command; an error of ours, or of a file, is one line on standard error and exit code 2."""
        try:
            return super().invoke(ctx)
        except EIAssessError as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            message = f"{where}{error.strerror or error}"
            raise CommandError(message) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="eiassess")
def cli() -> None:
    """Assess emotional intelligence for customer service: open keys, measured error.

    Standard output carries the result only; progress and errors go to standard error.
    """
