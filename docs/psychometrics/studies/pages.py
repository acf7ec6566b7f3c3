"""Where a study's results, figure and page lie, and the tables that stand on the page."""

import json
import re
from pathlib import Path

from markupsafe import Markup

from docs.psychometrics.studies.population import shipped_plan
from docs.psychometrics.studies.shipped_forms import digest_of_inputs
from docs.psychometrics.studies.study import Cell, Row, Tables

FOLDER = Path(__file__).resolve().parent.parent
MARK = r"(<!-- table: {} -->\n).*?(<!-- end -->)"


def results_path(name: str) -> Path:
    """Return where a study's numbers are kept."""
    return FOLDER / "results" / f"{name}.json"


def figure_path(name: str) -> Path:
    """Return where a study's figure is kept."""
    return FOLDER / "figures" / f"{name}.svg"


def page_path(name: str) -> Path:
    """Return where a study is told."""
    return FOLDER / f"{name}.md"


def write_results(name: str, seed: int, tables: Tables) -> None:
    """Keep the numbers."""
    plan = shipped_plan()
    content = {
        "study": name,
        "seed": seed,
        "form": plan.form.digest,
        "key": plan.key.digest,
        "inputs": digest_of_inputs(),
        "tables": tables,
    }
    results_path(name).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_figure(name: str, figure: Markup) -> None:
    """Keep the figure."""
    figure_path(name).write_text(f"{figure}\n", encoding="utf-8")


def read_tables(name: str) -> Tables:
    """Return the numbers that were kept."""
    tables: Tables = json.loads(results_path(name).read_text(encoding="utf-8"))["tables"]
    return tables


def filled_page(text: str, tables: Tables) -> str:
    """Put the tables where a page has ``<!-- table: NAME -->`` and ``<!-- end -->``."""
    for name, rows in tables.items():
        body = f"\\1\n{markdown_table(rows)}\n\n\\2"
        text = re.sub(MARK.format(re.escape(name)), body, text, flags=re.DOTALL)
    return text


def markdown_table(rows: list[Row]) -> str:
    """Write rows as a Markdown table, numbers to the right."""
    columns = list(rows[0])
    sides = ["---" if isinstance(rows[0][column], str) else "--:" for column in columns]
    body = ["| " + " | ".join(_shown(row[column]) for column in columns) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(columns) + " |", "| " + " | ".join(sides) + " |", *body])


def _shown(value: Cell) -> str:
    if value is None:
        return "–"  # noqa: RUF001 - a dash in a table
    return f"{value:,}" if isinstance(value, int) else str(value)
