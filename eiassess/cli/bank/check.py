"""``eiassess bank check``."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import groupby
from pathlib import Path

import click

from eiassess.banks.checks.checking import BankReport, check_bank
from eiassess.banks.checks.covers import KeyCover
from eiassess.banks.checks.findings import Finding, in_order, printable
from eiassess.cli.bank.places import bank_settings
from eiassess.cli.output import write_result
from eiassess.cli.progress import working
from eiassess.errors import NotFoundError

CLEAN, ERRORS, UNUSABLE = 0, 1, 2


@click.command("check")
@click.argument("path")
@click.option(
    "--format", "layout", type=click.Choice(["text", "json"]), default="text", help="For people or for programs."
)
@click.option(
    "--cover",
    "sheets",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of readers' sheets: hold the keys to the gates of the cover test too.",
)
@click.pass_context
def command(context: click.Context, path: str, layout: str, sheets: Path | None) -> None:
    """Hold a bank to the rules: structure, content, key and coverage.

    PATH is a bank's folder, or the name of one in the folders of EIASSESS_BANKS or among those that we ship. Exit
    code 0 if there are no errors (advice is allowed), 1 if there are, 2 if nothing could be checked. The rules are
    listed in docs/question-banks.md.
    """
    folder = find_bank(path)
    with working(f"checking {folder.name}"):
        report = check_bank(folder, bank_settings().key_folders)
        if sheets and report.usable:
            report = _with_readers(report, folder, sheets)
    write_result(None, _as_json(report) if layout == "json" else _as_text(report))
    context.exit((ERRORS if report.errors else CLEAN) if report.usable else UNUSABLE)


def _with_readers(report: BankReport, folder: Path, sheets: Path) -> BankReport:
    # loaded with numpy where there are readers, so that a check of a small bank starts quickly
    from eiassess.banks.cover.bank_cover import check_cover  # noqa: PLC0415

    of_readers = check_cover(folder, sheets, bank_settings().key_folders)
    return replace(report, findings=in_order([*report.findings, *of_readers]))


def find_bank(path: str) -> Path:
    """Find a bank's folder: as it is, or by its name in the folders for banks.

    Raises
    ------
    NotFoundError
        There is none; the message lists the banks that there are.
    """
    if Path(path).is_dir():
        return Path(path)
    folders = bank_settings().bank_folders
    banks = [bank for folder in folders for bank in sorted(folder.glob("*")) if (bank / "bank.toml").is_file()]
    for bank in banks:
        if bank.name == path:
            return bank
    known = ", ".join(sorted({bank.name for bank in banks})) or "none"
    message = f"There is no folder or bank '{printable(path)}'; banks here: {printable(known)}"
    raise NotFoundError(message)


def _as_json(report: BankReport) -> Iterator[str]:
    content = {
        "bank": report.bank,
        "errors": [asdict(each) for each in report.errors],
        "advice": [asdict(each) for each in report.advice],
        "counts": {
            "errors": len(report.errors),
            "advice": len(report.advice),
            "scenarios": report.scenarios,
            "practice": report.practice,
            "keys": report.keys,
            "forms": report.forms,
        },
        "covers": [asdict(each) for each in report.covers],
        "irritants": dict(report.irritants),
    }
    yield json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _as_text(report: BankReport) -> Iterator[str]:
    for title, findings in (("Errors", report.errors), ("Advice", report.advice)):
        if findings:
            yield click.style(f"{title} ({len(findings)})", bold=True) + "\n\n"
            for file, of_file in groupby(findings, key=lambda each: each.file):
                yield click.style(file or "the bank as a whole", bold=True) + "\n"
                yield from map(_finding, of_file)
                yield "\n"
    yield from map(_cover, report.covers)
    if report.irritants:
        used = ", ".join(f"{printable(name)} {count}" for name, count in report.irritants.items())
        yield f"Irritants tagged: {used}.\n\n"
    yield _closing(report)


def _finding(each: Finding) -> str:
    place = f"{each.field}: " if each.field else ""
    return f"  {place}{each.message} [{each.rule}]\n    {each.mend}\n"


def _cover(cover: KeyCover) -> str:
    """Say what a key lets be found without the situations."""
    said = ""
    if cover.together:
        said = (
            f"{cover.key}: {_counted(len(cover.pairs), 'flip pair')}. Whoever ignores the situation gets at most r = "
            f"{cover.together.correlation:.2f}, {cover.together.points:.1f} points of 100 over both halves of all:\n"
        )
        said += "".join(
            f"  r {ceiling.correlation:.2f}, {ceiling.points:4.1f} points  {one} and {other}\n"
            for one, other, ceiling in cover.pairs
        )
    if cover.word_model is not None:
        said += f"{cover.key}: a model that knows only the options' words reaches r = {cover.word_model:.2f}.\n"
    return said + "\n" if said else ""


def _closing(report: BankReport) -> str:
    held = (
        (report.scenarios, "scenario"),
        (report.practice, "practice scenario"),
        (report.keys, "key"),
        (report.forms, "form"),
    )
    held_by = ", ".join(_counted(count, name) for count, name in held)
    if not report.usable:
        return f"{report.bank}: nothing could be checked, since no scenario could be read.\n"
    errors = _counted(len(report.errors), "error") if report.errors else "no errors"
    advice = _counted(len(report.advice), "piece") + " of advice" if report.advice else "no advice"
    return f"{report.bank}: {errors}, {advice}. Checked: {held_by}.\n"


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
