"""``eiassess bank cover``."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import click

from eiassess.banks.cover.bank_cover import cover_bank, run_cover_test
from eiassess.banks.cover.measuring import CoverReading, CoverTest
from eiassess.banks.cover.sheets import CODE, OPTION, QUESTION, RATING, SET, SITUATION, make_sheet
from eiassess.banks.tables.csv_cells import csv_line
from eiassess.cli.bank.check import find_bank
from eiassess.cli.bank.places import bank_settings
from eiassess.cli.output import write_result
from eiassess.cli.progress import working
from eiassess.domain.formats import RatingScale
from eiassess.domain.scenarios import Scenario, ScenarioKind
from eiassess.errors import InvalidInputError
from eiassess.psychometrics.cover.readers import Measured, Reading

MET, UNMET = 0, 1


@click.command("cover")
@click.argument("bank")
@click.option(
    "--score", "files", multiple=True, type=click.Path(path_type=Path), help="A sheet that came back; repeat."
)
@click.option(
    "--form",
    "forms",
    multiple=True,
    help="Only this form's scenarios; repeat. Without: a sheet of the whole bank, scored as bank.toml says.",
)
@click.option("--key", "key_name", help="The key, where the bank has several.")
@click.option("--with-situations", is_flag=True, help="A sheet for readers who see the situations too.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another number, another order.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="The file; without it, standard output.")
@click.option("--format", "layout", type=click.Choice(["text", "json"]), default="text", help="Of what --score says.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - click's signature
    context: click.Context,
    bank: str,
    files: tuple[Path, ...],
    forms: tuple[str, ...],
    key_name: str | None,
    with_situations: bool,  # noqa: FBT001 - click gives a flag so
    seed: int,
    output: Path | None,
    layout: str,
) -> None:
    """Find out how much of a key can be found without the situations: the cover test.

    First make a sheet for outsiders, who have neither written nor seen the bank: a CSV file of all options in mixed
    order, to be rated without the situations. Then score what came back with --score FILE, once for each reader; a
    file is called by its reader. Exit code 1 if a gate is not met: see docs/question-banks.md.
    """
    covered = cover_bank(find_bank(bank), forms, bank_settings().key_folders)
    if not files:
        _require_new(output)
        scenarios = covered.scenarios if forms else covered.everything
        write_result(output, _sheet(scenarios, covered.bank.scales, seed, with_situations=with_situations))
        return
    with working("measuring what the readers found"):
        found = run_cover_test(covered, covered.key(key_name), files)
    write_result(output, [json.dumps(asdict(found), indent=1) + "\n"] if layout == "json" else _as_text(found))
    context.exit(UNMET if found.unmet else MET)


def _require_new(output: Path | None) -> None:
    if output and output.is_file():
        message = f"{output} is there already, and may be filled in; give the sheet another name"
        raise InvalidInputError(message)


def _sheet(
    scenarios: Iterable[Scenario], scales: Mapping[ScenarioKind, RatingScale], seed: int, *, with_situations: bool
) -> Iterator[str]:
    columns = [SET, *([SITUATION] if with_situations else []), QUESTION, OPTION, RATING, CODE]
    yield csv_line(columns)
    for row in make_sheet(scenarios, scales, seed, with_situations=with_situations):
        situation = [row.situation] if with_situations else []
        yield csv_line([row.set, *situation, row.question, row.option, None, row.code])


def _as_text(found: CoverTest) -> Iterator[str]:
    for title, reading in (("Options only", found.blind), ("With the situations", found.read)):
        if reading:
            yield f"{title}\n"
            yield from _reading(reading)
            yield "\n"
    if found.blind:
        yield "Options only, by scenario: r of the readers' mean with the key, best found\n"
        for each in sorted(found.blind.by_scenario, key=lambda one: one.correlation or 0.0):
            r = "   - " if each.correlation is None else f"{each.correlation:+.2f}"
            yield f"  {r}  {each.best_found:4.0%}  {each.scenario}\n"
        yield "\n"
    yield from (f"Not met: {words}\n" for words in found.unmet)
    yield "" if found.unmet else "All gates are met.\n"


def _reading(reading: CoverReading) -> Iterator[str]:
    for name, each in reading.readers.items():
        yield _line(name, each)
    yield _line(f"mean of {len(reading.readers)}", reading.together)
    for form, each in reading.by_form.items():
        yield _line(f"mean, form {form}", each)


def _line(name: str, reading: Reading) -> str:
    found = _between(reading.best_found, ".0%")
    r, points = _between(reading.correlation, ".2f"), _between(reading.points, ".1f")
    return f"  {name}: r {r}, best found {found}, engine's score {points}\n"


def _between(measured: Measured, layout: str) -> str:
    return f"{measured.value:{layout}} ({measured.low:{layout}} to {measured.high:{layout}})"
