"""What forms hold as a result on standard output: a table on a terminal, JSON otherwise."""

import sys
from collections.abc import Mapping
from typing import Any

import click

from eiassess.cli.analyse.rendering import as_json
from eiassess.cli.analyse.terminal import as_table
from eiassess.cli.output import write_result
from eiassess.domain.specifications import Facet
from eiassess.scoring.assembling.profiles import FormProfile

layout_option = click.option(
    "--format", "layout", type=click.Choice(["table", "json"]), help="Else a table on a terminal, JSON otherwise."
)


def write_summary(headline: str, content: dict[str, Any], layout: str | None) -> None:
    """Write to standard output."""
    chosen = layout or ("table" if sys.stdout.isatty() else "json")
    write_result(None, as_table(headline, content) if chosen == "table" else as_json(content))


def form_row(profile: FormProfile) -> dict[str, object]:
    """Give the single figures of a form."""
    row: dict[str, object] = {
        "scenarios": profile.scenarios,
        "words": profile.words,
        "minutes": round(profile.minutes, 1),
    }
    if profile.with_statistics:
        row |= {
            "with_statistics": profile.with_statistics,
            "mean_difficulty": profile.difficulty,
            "information": profile.information,
        }
    return row


def name_counts(profiles: Mapping[str, FormProfile]) -> list[dict[str, object]]:
    """Give a row for each value of each facet, with its number of scenarios in each form."""
    rows: list[dict[str, object]] = []
    for facet in Facet:
        for value in sorted({value for profile in profiles.values() for value in profile.counts[facet]}):
            numbers = {name: profile.counts[facet].get(value, 0) for name, profile in profiles.items()}
            rows.append({"by": str(facet), "value": value, **numbers})
    return rows
