"""Prints what a candidate's pages weigh on the wire, as docs/page-weight.md has it.

To repeat it: ``.venv/bin/python -m tests.benchmarks.pages``
"""

import tempfile
from pathlib import Path

from eiassess.config import Settings
from eiassess.persistence.migrations import upgrade_database
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.web.page_weight import Arrived, Visitor, served
from tests.web.people import Casey, Clock, begin, make_casey_on

ROW = "| {:<34} | {:>8} | {:>10} | {:>9} |"


def main() -> None:
    """Measure on a server and a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            instance=Path(folder),
            database_url=f"sqlite:///{folder}/eiassess.sqlite",
            base_url="http://localhost",
            bank_folders=(),
            contact="help@example.org",
        )
        upgrade_database(settings.database_url)
        database, renderer = Database(settings.database_url), PdfRenderer()
        installation = Installation(settings, database, Clock(), renderer, secret_key="only for measuring")
        app = create_app(installation)
        casey = make_casey_on(installation, "standard-a")
        begin(app.test_client(), casey)
        with served(app, installation) as port:
            _measure(Visitor(port), casey)
        renderer.close()
        database.close()


def _measure(visitor: Visitor, casey: Casey) -> None:
    trips = visitor.visit(casey.link)
    _print(ROW.format("page", "as text", "compressed", "with head"))
    _print(ROW.format("---", "--:", "--:", "--:"))
    n = len(casey.form.scenarios)
    scenarios = [visitor.get(f"/sit/scenario/{number}") for number in range(1, n + 1)]
    _row(f"the heaviest of {n} scenarios", max(scenarios, key=lambda page: page.on_the_wire))
    _row("the lightest", min(scenarios, key=lambda page: page.on_the_wire))
    for path in ("/sit/review", "/sit/notice", "/sit/practice", "/sign-in"):
        _row(path, visitor.get(path))
    for file in trips[-1]:
        _row(file.path.rpartition("/")[2], file)
    _print()
    for number, trip in enumerate(trips, 1):
        names = ", ".join("the link" if each.path == casey.link else each.path.rpartition("/")[2] for each in trip)
        _print(f"{number}. {names}: {sum(each.on_the_wire for each in trip):,} bytes")


def _row(name: str, page: Arrived) -> None:
    sizes = (len(page.text.encode()), page.body_bytes, page.on_the_wire)
    _print(ROW.format(name, *(f"{size:,}" for size in sizes)))


def _print(line: str = "") -> None:
    print(line)  # noqa: T201 - a script for the terminal


if __name__ == "__main__":
    main()
