"""``eiassess bank diff``."""

import json
from dataclasses import asdict

import click

from eiassess.banks.exchange.contents import BankContents, check_contents, read_contents
from eiassess.banks.exchange.difference_words import difference_lines, summary
from eiassess.banks.exchange.differences import bank_differences
from eiassess.cli.bank.check import find_bank
from eiassess.cli.bank.places import bank_settings

SAME, DIFFERENT = 0, 1


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "layout", type=click.Choice(["text", "json"]), default="text", help="For people or for programs."
)
@click.pass_context
def command(context: click.Context, old: str, new: str, layout: str) -> None:
    """Say in words what changed from one version of a bank to another.

    OLD and NEW are folders. Exit code 0 if they are the same to the last digest, 1 if they differ, 2 if one cannot be
    read.
    """
    changes = bank_differences(_contents(old), _contents(new))
    if layout == "json":
        click.echo(json.dumps([asdict(each) for each in changes], indent=1, ensure_ascii=False))
    else:
        for line in (*difference_lines(changes), summary(changes)):
            click.echo(line)
    context.exit(DIFFERENT if changes else SAME)


def _contents(path: str) -> BankContents:
    contents = read_contents(find_bank(path).resolve(), bank_settings().key_folders)
    check_contents(contents)
    return contents
