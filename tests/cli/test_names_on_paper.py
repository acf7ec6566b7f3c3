"""Names of many scripts from the invitation to the PDF, each by the commands and services that people use."""

import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from eiassess.cli import report
from eiassess.cli.installation import opened_database, settings, utc_now
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.sitting.answers import get_sitting, record_consent, save_response
from eiassess.services.sitting.handing_in import submit_session
from tests.cli.conftest import Run

NAMES = [
    tuple(line.replace("\\u202e", "\u202e").split("\t"))
    for line in (Path(__file__).parent / "cases" / "names.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def hand_in(link: str) -> None:
    """Sit the whole assessment behind a link."""
    with opened_database(settings()) as database:
        invitation = open_invitation(database, link.strip().rpartition("/")[2])
        record_consent(database, invitation, utc_now())
        for number, scenario in enumerate(get_sitting(database, invitation).form.scenarios):
            ratings = {option: (number + i) % 6 + 1 for i, option in enumerate(scenario.option_ids)}
            save_response(database, invitation, scenario.id, ratings, 0, utc_now())
        submit_session(database, invitation, utc_now())


def letters(text: str) -> set[str]:
    """Take the letters and signs out of a text, as a PDF may give them in another order and with its own marks."""
    return {each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each)[0] in "LS"}


class WarmRenderer(PdfRenderer):
    """The renderer, kept for the next report: to start it takes longer than a report."""

    def close(self) -> None:
        """Stay."""

    def end(self) -> None:
        """End the child process after all."""
        super().close()


@pytest.fixture
def _warm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    renderer = WarmRenderer()
    monkeypatch.setattr(report, "PdfRenderer", lambda: renderer)
    yield
    renderer.end()


@pytest.mark.usefixtures("_warm")
def test_every_name_is_invited_hands_in_and_can_be_read_in_the_report(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DATABASE_URL", "BASE_URL", "DATA"):
        monkeypatch.delenv(f"EIASSESS_{variable}", raising=False)
    assert run("db", "upgrade").exit_code == 0
    opening = run("opening", "add", "Adviser").stdout.strip()
    for number, (script, name) in enumerate(NAMES):
        session, link = run("invite", "add", opening, f"c{number}@example.org", "--name", name).stdout.split("\t")
        hand_in(link)
        made = run("report", "make", session, "-o", "name.pdf")
        # a letter that no font has would be named here, with the package that brings it
        assert (made.exit_code, made.stderr) == (0, "Wrote name.pdf\n"), script
        text = text_of(tmp_path / "name.pdf")
        assert letters(name) - letters(text) == set(), script
        assert "Answers handed in" in text, f"{script}: no name turns the words around it"
        assert all_fonts_are_embedded(tmp_path / "name.pdf"), script


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def all_fonts_are_embedded(path: Path) -> bool:
    with pikepdf.open(path) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFamily" in each]
        return bool(fonts) and all("/FontFile2" in each or "/FontFile3" in each for each in fonts)
