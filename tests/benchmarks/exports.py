"""How much memory a file of many people takes: ``python -m tests.benchmarks.exports [PEOPLE [postgresql]]``.

What is measured is the command ``eiassess opening export`` in a process of its own, beside the same command for an
opening without anybody, which is the program itself, and beside an interpreter that does nothing. All people are copies
of one, with answers and scores of their own; an estimate of errors is on file, of ten people.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from eiassess.domain.error_estimates import PEOPLE_FOR_AN_ESTIMATE
from eiassess.domain.exports import ExportKind, FileFormat
from eiassess.persistence.migrations import upgrade_database
from eiassess.services import Database
from eiassess.services.differences.estimates import renew_estimates
from eiassess.services.hiring.openings import add_opening
from tests.candidates import add_copies, add_many
from tests.databases import PostgresServer
from tests.hiring_story import NOON, standard_form

PEOPLE = 100_000
COMMAND = """
import sys
from eiassess.cli.main import cli
cli(sys.argv[1:], standalone_mode=False)
"""
TELL = """
status = open("/proc/self/status").read()
print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
"""
"""Print the most memory that the process had, in MB; what a parent is told of it counts the parent too."""


def fill(url: str, people: int) -> tuple[str, str]:
    """Make an opening whose people all answered alike, and one without anybody; return their ids."""
    upgrade_database(url)
    database = Database(url)
    opening, empty = (add_opening(database, title, standard_form(), NOON) for title in ("Adviser", "Nobody"))
    first, *_ = add_many(database, opening, [f"Nora {n}" for n in range(PEOPLE_FOR_AN_ESTIMATE)], NOON, handed_in=20)
    renew_estimates(database, NOON)
    add_copies(database, first, people - PEOPLE_FOR_AN_ESTIMATE, answers=True)
    database.close()
    return opening, empty


def export(url: str, opening: str, kind: ExportKind, written: FileFormat, file: Path) -> tuple[float, float]:
    """Export once; return the most memory in MB, and the seconds."""
    words = ("opening", "export", opening, "--what", kind, "--format", written, "-o", str(file))
    start = time.perf_counter()
    return most_memory(COMMAND, *words, EIASSESS_DATABASE_URL=url), time.perf_counter() - start


def most_memory(program: str, *words: str, **environment: str) -> float:
    """Run a program in a process of its own; return the most memory that it had, in MB."""
    told = subprocess.run(
        [sys.executable, "-c", program + TELL, *words],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return float(told.stdout)


def measure(url: str, people: int, file: Path) -> None:
    """Fill an opening and export it."""
    start = time.perf_counter()
    opening, empty = fill(url, people)
    say(f"{people} people made in {time.perf_counter() - start:.0f} s; idle, {most_memory(''):.0f} MB")
    for kind in ExportKind:
        for written in FileFormat:
            itself, _ = export(url, empty, kind, written, file)
            most, seconds = export(url, opening, kind, written, file)
            say(
                f"{kind}, {written}: {file.stat().st_size / 1e6:.0f} MB on disk, {seconds:.0f} s, "
                f"{most:.0f} MB of memory at most; for nobody {itself:.0f} MB"
            )


def say(words: str) -> None:
    """Tell at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(people: int, *, on_postgresql: bool) -> None:
    """Measure on one of the two databases."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        if not on_postgresql:
            measure(f"sqlite:///{Path(folder) / 'many.sqlite'}", people, file)
            return
        server = PostgresServer()
        server.start()
        try:
            measure(server.url(server.create()), people, file)
        finally:
            server.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE, on_postgresql="postgresql" in sys.argv)
