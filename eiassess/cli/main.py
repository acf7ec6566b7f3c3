"""The command ``eiassess``: which groups there are, and how errors become one line and an exit code."""

from typing import Any

import click

from eiassess import __version__
from eiassess.cli.lazy import LazyCommand, LazyGroup
from eiassess.errors import EIAssessError

NOTHING_DONE = 2

COMMANDS = {
    "demo": LazyCommand("eiassess.cli.demo", "Serve a demo with simulated candidates on this machine."),
    "serve": LazyCommand("eiassess.cli.serve", "Serve the web application of this installation."),
    "worker": LazyCommand("eiassess.cli.worker", "Send mails and do what else is due, apart from the web server."),
    "db": LazyCommand("eiassess.cli.db", "Look after the database."),
    "user": LazyCommand("eiassess.cli.user", "People who sign in."),
    "opening": LazyCommand("eiassess.cli.opening", "Jobs to fill."),
    "panel": LazyCommand("eiassess.cli.panel", "Panels of experts who key a form."),
    "invite": LazyCommand("eiassess.cli.invite", "Links for candidates."),
    "candidate": LazyCommand("eiassess.cli.candidate", "What is stored of a candidate: print, correct, erase, hold."),
    "outcomes": LazyCommand("eiassess.cli.outcomes", "How those work who were hired."),
    "exposure": LazyCommand("eiassess.cli.exposure", "To how many candidates each scenario was shown."),
    "outbox": LazyCommand("eiassess.cli.outbox", "Mails: where they stand, and what came back."),
    "report": LazyCommand("eiassess.cli.report", "Reports as PDF."),
    "simulate": LazyCommand("eiassess.cli.simulate", "Let simulated people answer a form."),
    "score": LazyCommand("eiassess.cli.score", "Score a CSV file of responses to a form."),
    "analyse": LazyCommand(
        "eiassess.cli.analyse", "Statistics of a CSV file: reliability, fairness, validity and more."
    ),
    "bank": LazyCommand("eiassess.cli.bank", "Question banks: check, start, preview, edit in a spreadsheet, compare."),
    "form": LazyCommand("eiassess.cli.form", "Forms: what they hold, and parallel ones from a specification."),
    "audit": LazyCommand("eiassess.cli.audit", "Who did what: prove that nothing was changed, and take it as a file."),
    "doctor": LazyCommand("eiassess.cli.doctor", "Say what this installation lacks and how to mend it."),
}
"""Every command or group by its name; ``eiassess --help`` does not wait for numpy or a web server."""


class CommandError(click.ClickException):
    """An error of ours on its way to standard error."""

    exit_code = NOTHING_DONE


class WholeGroup(LazyGroup):
    """The group of all, which translates our errors, once."""

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


@click.group(
    cls=WholeGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="eiassess")
def cli() -> None:
    """Assess emotional intelligence for customer service: open keys, measured error.

    Standard output carries the result only; progress and errors go to standard error.
    """
