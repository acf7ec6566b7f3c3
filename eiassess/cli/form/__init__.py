"""``eiassess form ...``: forms, and specifications that make them."""

import click

from eiassess.cli.form import assemble, content


@click.group("form")
def command() -> None:
    """Forms: what they hold, and parallel ones from a specification."""


for each in (assemble.command, content.show, content.list_all):
    command.add_command(each)
