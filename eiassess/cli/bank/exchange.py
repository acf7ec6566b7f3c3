"""``eiassess bank export`` and ``eiassess bank import``."""

import stat
from pathlib import Path

import click

from eiassess.banks.exchange.contents import BankContents, keys_alone, read_contents
from eiassess.banks.exchange.difference_words import difference_lines, summary
from eiassess.banks.exchange.differences import bank_differences
from eiassess.banks.exchange.merging import Import, read_import
from eiassess.banks.exchange.spreadsheet.writing import workbook_of
from eiassess.banks.exchange.staging import Staged, confirm, find_staged, stage
from eiassess.cli.bank.check import find_bank
from eiassess.cli.bank.places import bank_settings, chosen_key
from eiassess.cli.output import say
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.whole_files import SECRET_FILE, write_whole

REFUSED_SHOWN = 50
SOME_REFUSED = 1
FILE_AND_BANK = 2
SAME_ON_DISK = "."


@click.command("export")
@click.argument("path")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Workbook to write."
)
@click.option("--key", "key_id", metavar="KEY", help="Key whose values stand beside the options.")
@click.option("--no-key", is_flag=True, help="Leave all values out, for translators and readers.")
def export_command(path: str, output: Path, key_id: str | None, *, no_key: bool) -> None:
    """Write a bank as one spreadsheet to edit; `eiassess bank import` takes it back.

    PATH is a bank's folder, or the name of one in the folders of EIASSESS_BANKS. With values beside the options the
    spreadsheet is as secret as the key: only you can read the file.
    """
    if no_key and key_id:
        message = "--key and --no-key contradict each other"
        raise click.UsageError(message)
    contents = read_contents(find_bank(path).resolve(), bank_settings().key_folders)
    used = frozenset(str(form.get("key")) for form in contents.tree["forms"].values())
    chosen = None if no_key else chosen_key(key_id, tuple(contents.tree["keys"]), used)
    if output.exists() and not stat.S_ISREG(output.stat().st_mode):
        message = f"{output} is no file; name a workbook to write"
        raise RefusedError(message)
    write_whole(output.absolute(), workbook_of(contents, chosen), SECRET_FILE)
    say(f"Wrote {output}{f' with key {chosen}: keep it as safe as the key' if chosen else ' without a key'}")
    left_out = [name for name in contents.tree["keys"] if name != chosen]
    if left_out:
        say(f"Not in it: {', '.join(f'key {name}' for name in left_out)}")


@click.command("import")
@click.argument("words", nargs=-1, required=True, metavar="[FILE] PATH")
@click.option("--confirm", "is_confirmation", is_flag=True, help="Take what an earlier import put aside in PATH.")
@click.option("--yes", is_flag=True, help="Take a file of which nothing is refused in one go.")
@click.pass_context
def import_command(context: click.Context, words: tuple[str, ...], *, is_confirmation: bool, yes: bool) -> None:
    """Read a spreadsheet into the bank in the folder PATH, in two steps.

    `eiassess bank import FILE PATH` changes no file of the bank: it says what would change and what is refused, and
    puts the good part aside. `eiassess bank import --confirm PATH` then takes it; what it replaces is kept beside the
    bank. Nothing is removed because a row is missing or a cell is empty, only where the word remove stands in column
    Remove, or in the cell. Exit code 0 if nothing was refused, 1 if something was, 2 if nothing could be read.
    """
    if len(words) != (1 if is_confirmation else FILE_AND_BANK):
        message = "give FILE and PATH, or --confirm and PATH"
        raise click.UsageError(message)
    bank = Path(words[-1]).resolve()
    keys = bank_settings().key_folders
    if is_confirmation:
        _take(bank, find_staged(bank, keys))
        return
    found = read_import(Path(words[0]), _before(bank, keys))
    staged = stage(bank, found.before, found.after, keys)
    _tell(found)
    if staged is None:
        say("There is nothing to take.")
    elif yes and not found.problems:
        _take(bank, staged)
    else:
        only = " the good rows only" if found.problems else " it"
        say(f"Nothing in the bank is changed yet. To take{only}: eiassess bank import --confirm {words[-1]}")
    context.exit(SOME_REFUSED if found.problems else 0)


def _before(bank: Path, keys: tuple[Path, ...]) -> BankContents:
    """Read what is there; a folder that is missing or empty is an empty bank."""
    if bank.exists() and not bank.is_dir():
        message = f"{bank} is a file; give the bank's folder"
        raise InvalidInputError(message)
    if not bank.is_dir() or not any(not each.name.startswith(SAME_ON_DISK) for each in bank.iterdir()):
        return keys_alone(bank, keys)
    return read_contents(bank, keys)


def _tell(found: Import) -> None:
    changes = bank_differences(found.before, found.after)
    for line in (*difference_lines(changes), summary(changes)):
        click.echo(line)
    for problem in found.problems[:REFUSED_SHOWN]:
        say(f"Refused: {problem}")
    if len(found.problems) > REFUSED_SHOWN:
        say(f"Refused: {len(found.problems) - REFUSED_SHOWN} more places; mend these and import again")
    for note in found.notes[:REFUSED_SHOWN]:
        say(f"Note: {note}")
    if len(found.notes) > REFUSED_SHOWN:
        say(f"Note: {len(found.notes) - REFUSED_SHOWN} more of this kind")


def _take(bank: Path, staged: Staged) -> None:
    kept = confirm(bank, staged)
    count = len(staged.files)
    say(f"Took {count} {'file' if count == 1 else 'files'} into {bank}.")
    if kept:
        say(f"What they replaced is kept in {' and '.join(map(str, kept))}.")
    say(f"Now hold the bank to the rules: eiassess bank check {bank}")
