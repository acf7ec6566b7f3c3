"""A closed panel's ratings as CSV, in the columns that `eiassess analyse agreement` reads; experts are numbers."""

import csv
import io

from eiassess.banks.tables.csv_cells import safe_cell
from eiassess.persistence.engine import Database
from eiassess.services.panels.results import list_ratings

COLUMNS = ("expert", "scenario", "option", "rating", "comment")


def ratings_csv(database: Database, panel_id: str) -> str:
    """Write a closed panel's ratings, a row each.

    Raises
    ------
    NotFoundError
        There is no such panel.
    RefusedError
        It is open.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in list_ratings(database, panel_id):
        writer.writerow([row.expert, row.scenario, row.option, _rating(row.rating), safe_cell(row.comment)])
    return text.getvalue()


def _rating(rating: int | None) -> int | str:
    """Leave the cell empty where an expert could not judge: whoever counts the column counts ratings."""
    return "" if rating is None else rating
