"""How much memory a file of many people takes: ``python -m tests.benchmarks.exports [PEOPLE]``.

What is measured is the command ``eiassess opening export`` in a process of its own, beside the same command for an
opening without anybody, which is the program itself.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from eiassess.domain.exports import ExportKind, FileFormat
from eiassess.persistence.migrations import upgrade_database
from eiassess.services import Database
from eiassess.services.hiring.openings import add_opening
from tests.candidates import add_copies, add_many
from tests.hiring_story import NOON, standard_form

PEOPLE = 100_000
COMMAND = """
import sys
from eiassess.cli.main import cli
cli(sys.argv[1:], standalone_mode=False)
status = open("/proc/self/status").read()
print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
"""
"""The command, and the most memory that its process had, in MB; what a parent is told counts the parent too."""
ANSWERS = """
INSERT INTO item_response (session_id, scenario_id, ratings, revision, seconds, saved_at)
SELECT session.id, answer.scenario_id, answer.ratings, 1, 60, answer.saved_at
FROM assessment_session AS session, item_response AS answer
WHERE answer.session_id = ? AND session.id <> answer.session_id
"""


def fill(url: str, people: int) -> tuple[str, str]:
    """Make an opening whose people all answered alike, and one without anybody; return their ids."""
    upgrade_database(url)
    database = Database(url)
    opening, empty = (add_opening(database, title, standard_form(), NOON) for title in ("Adviser", "Nobody"))
    (first,) = add_many(database, opening, ["Nora"], NOON, handed_in=1)
    add_copies(database, first, people - 1)
    with database.writing() as db:
        db.connection().exec_driver_sql(ANSWERS, (first,))
    database.close()
    return opening, empty


def export(url: str, opening: str, kind: ExportKind, written: FileFormat, file: Path) -> tuple[float, float]:
    """Export once; return the most memory in MB, and the seconds."""
    words = ("opening", "export", opening, "--what", kind, "--format", written, "-o", str(file))
    start = time.perf_counter()
    environment = {**os.environ, "EIASSESS_DATABASE_URL": url}
    told = subprocess.run(
        [sys.executable, "-c", COMMAND, *words], env=environment, check=True, capture_output=True, text=True
    )
    return float(told.stdout), time.perf_counter() - start


def main(people: int) -> None:
    """Fill an opening and export it."""
    with tempfile.TemporaryDirectory() as folder:
        url, file = f"sqlite:///{Path(folder) / 'many.sqlite'}", Path(folder) / "file"
        opening, empty = fill(url, people)
        for kind in ExportKind:
            for written in FileFormat:
                itself, _ = export(url, empty, kind, written, file)
                most, seconds = export(url, opening, kind, written, file)
                sys.stdout.write(
                    f"{kind}, {written}: {people} people, {file.stat().st_size / 1e6:.0f} MB on disk, {seconds:.0f} s, "
                    f"{most:.0f} MB of memory at most; for nobody {itself:.0f} MB\n"
                )
                sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
