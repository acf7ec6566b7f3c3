"""``eiassess bank new``."""

from pathlib import Path

import click

from eiassess.banks.authoring.starting import start_bank
from eiassess.cli.bank.check import find_bank
from eiassess.cli.output import say


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What recruiters see; by default made from the folder's name.")
@click.option("--language", default="en", show_default=True, help="Language of your texts.")
@click.option("--copy-model", metavar="BANK", help="Copy the competencies of this bank, if its licence allows it.")
@click.option(
    "--keys", type=click.Path(file_okay=False, path_type=Path), help="Folder to put the key in, outside the bank."
)
def command(folder: Path, title: str, language: str, copy_model: str | None, keys: Path | None) -> None:
    """Start a bank of your own in an empty FOLDER: two scenarios, a practice scenario, a key and a form.

    It loads at once and passes `eiassess bank check`; comments that begin with EDIT mark what to make yours. The
    folder's name becomes the bank's id.
    """
    folder = folder.resolve()
    model = find_bank(copy_model).resolve() if copy_model else None
    made = start_bank(folder, title=title, language=language, model=model, keys=keys.resolve() if keys else None)
    click.echo(made.folder)
    say(f"The key is {made.key}; only you can read it.")
    if not language.lower().startswith("en"):
        say("The example texts are English: write yours in the language that you named.")
    settings = f"EIASSESS_BANKS={folder.parent}{f' EIASSESS_KEYS={keys.resolve()}' if keys else ''}"
    say("Next:")
    say("  1. Edit what comments that begin with EDIT mark, or: eiassess bank export; docs/private-banks.md says how.")
    say(f"  2. Look at it:            {settings} eiassess bank preview {folder} --key {made.key.stem} --serve")
    say(f"  3. Hold it to the rules:  {settings} eiassess bank check {folder}")
    say(f'  4. Let people sit it:     {settings} eiassess opening add "..." --form {made.form}')
