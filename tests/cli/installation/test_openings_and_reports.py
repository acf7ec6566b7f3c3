"""Openings, invitations and reports from the command line."""

from dataclasses import replace
from pathlib import Path

import pytest

from eiassess.cli import report
from eiassess.cli.installation import utc_now
from eiassess.domain.forms import AssessmentForm
from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
from eiassess.services.sitting.answers import get_sitting, record_consent, save_response
from eiassess.services.sitting.handing_in import submit_session
from tests.banks.small_bank import FORM_FILE, edit, write_small_bank
from tests.cli.conftest import Run
from tests.cli.installation.conftest import ALICE, session_of


class TestOpeningsAndInvitations:
    def test_an_opening_is_added_with_members_and_listed(self, ready: Run) -> None:
        ready("user", "add", *ALICE)
        ready("user", "add", "dana@example.org", "--name", "Dana", "--role", "manager")
        added = ready("opening", "add", "Adviser", "--member", ALICE[0], "--keep-days", "30")
        opening = added.stdout.strip()
        assert (added.exit_code, added.stderr) == (0, "")
        assert ready("opening", "assign", opening, "dana@example.org").exit_code == 0
        listed = ready("opening", "list")
        assert (listed.exit_code, listed.stdout) == (0, f"{opening}\tAdviser\t0\t0\n")

    def test_a_member_gets_parts_and_is_told_which_role_they_need(self, ready: Run, opening: str) -> None:
        assert ready("user", "add", *ALICE, "--role", "manager").exit_code == 0
        assert ready("opening", "assign", opening, ALICE[0], "--part", "manages", "--part", "interviews").exit_code == 0
        assert ready("user", "roles", ALICE[0], "--take", "manager").stdout == "recruiter\n"
        refused = ready("opening", "assign", opening, ALICE[0], "--part", "recruits", "--part", "manages")
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "needs the role manager for this part" in refused.stderr
        given = ready("user", "roles", ALICE[0], "--give", "administrator", "--give", "manager")
        assert given.stdout == "administrator manager recruiter\n"

    def test_an_opening_goes_over_to_another_form(self, ready: Run, opening: str, tmp_path: Path) -> None:
        bank = write_small_bank(tmp_path / "banks" / "small")
        changed = ready("opening", "use-form", opening, str(bank / FORM_FILE))
        assert (changed.exit_code, changed.stdout, changed.stderr) == (0, "", "")
        assert ready("opening", "use-form", "nowhere", str(bank / FORM_FILE)).exit_code == 2
        edit(bank, FORM_FILE, r"^version = 1$", 'version = 1\nstatus = "draft"')
        refused = ready("opening", "use-form", opening, str(bank / FORM_FILE))
        assert refused.exit_code == 2
        assert "is a draft; only trial and operational content can be sat" in refused.stderr

    @pytest.mark.parametrize(
        ("words", "problem"),
        [
            (("opening", "add", "Adviser", "--form", "nowhere"), "There is no form 'nowhere'; forms here: "),
            (("opening", "add", "Adviser", "--member", "x@example.org"), "There is no account for x@example.org"),
            (("opening", "add", "Adviser", "--keep-days", "0"), "Answers have to be kept for at least one day"),
            (("opening", "assign", "nowhere", "x@example.org"), "There is no opening 'nowhere'"),
            (("invite", "add", "nowhere", "x@example.org", "--name", "X"), "There is no opening 'nowhere'"),
            (("invite", "replace", "nowhere"), "There is no session 'nowhere'"),
            (("invite", "revoke", "nowhere"), "There is no session 'nowhere'"),
            (("report", "make", "nowhere", "-o", "a.pdf"), "There is no session 'nowhere' that was handed in"),
            (
                ("report", "preview", "nothing", "-o", "a.pdf"),
                "There is no kind of report 'nothing'; kinds: comparison, hiring",
            ),
        ],
    )
    def test_what_is_not_there_is_one_line(self, ready: Run, words: tuple[str, ...], problem: str) -> None:
        result = ready(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"Error: {problem}")
        assert result.stderr.count("\n") == 1
        assert not Path("a.pdf").exists()

    def test_a_printed_link_opens_until_it_is_replaced_or_revoked(
        self, ready: Run, opening: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("EIASSESS_BASE_URL", "https://hiring.example.org/")
        added = ready("invite", "add", opening, "casey@example.org", "--name", "Casey", "--valid-days", "3")
        session, link = added.stdout.split("\t")
        assert (added.exit_code, added.stderr) == (0, "")
        assert link.startswith("https://hiring.example.org/i/")
        with session_of(link):
            pass
        replaced = ready("invite", "replace", session)
        assert replaced.stdout.split("\t")[0] == session
        with pytest.raises(Exception, match="cannot be used any more"), session_of(link):
            pass
        with session_of(replaced.stdout):
            pass
        assert ready("invite", "revoke", session).exit_code == 0
        with pytest.raises(Exception, match="cannot be used any more"), session_of(replaced.stdout):
            pass


class TestReports:
    def test_the_preview_is_a_pdf(self, run: Run, tmp_path: Path) -> None:
        result = run("report", "preview", "hiring", "-o", "sample.pdf")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Wrote sample.pdf\n")
        assert (tmp_path / "sample.pdf").read_bytes().startswith(b"%PDF-")

    def test_a_folder_that_is_not_there_is_one_line(self, run: Run) -> None:
        result = run("report", "preview", "hiring", "-o", "nowhere/sample.pdf")
        assert (result.exit_code, result.stderr) == (2, "Error: nowhere/sample.pdf: No such file or directory\n")

    def test_letters_that_no_font_has_are_named_and_the_report_is_made(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few_fonts: Path
    ) -> None:
        thai = replace(sample_hiring_report(), candidate="สมชาย Lind")
        monkeypatch.setattr(report, "sample_hiring_report", lambda: thai)
        monkeypatch.setenv("FONTCONFIG_FILE", str(few_fonts))
        result = run("report", "preview", "hiring", "-o", "a.pdf")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == (
            "Wrote a.pdf\nNot all of it can be read: no font on this machine has Thai (ช ม ย ส า). "
            "On Debian: apt-get install fonts-noto-core\n"
        )
        assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")

    def test_a_session_that_was_handed_in_gives_a_report(self, ready: Run, opening: str, tmp_path: Path) -> None:
        session, link = ready("invite", "add", opening, "casey@example.org", "--name", "Casey").stdout.split("\t")
        refused = ready("report", "make", session, "-o", "casey.pdf")
        assert (refused.exit_code, refused.stderr) == (
            2, f"Error: There is no session {session!r} that was handed in\n",
        )  # fmt: skip
        with session_of(link) as (database, invitation):
            record_consent(database, invitation, utc_now())  # type: ignore[arg-type]  # a Database
            form: AssessmentForm = get_sitting(database, invitation).form  # type: ignore[arg-type]  # the same
            for number, scenario in enumerate(form.scenarios):
                ratings = {option: (number + i) % 6 + 1 for i, option in enumerate(scenario.option_ids)}
                save_response(database, invitation, scenario.id, ratings, 0, utc_now())  # type: ignore[arg-type]  # the same
            submit_session(database, invitation, utc_now())  # type: ignore[arg-type]  # the same
        made = ready("report", "make", session, "-o", "casey.pdf")
        assert (made.exit_code, made.stdout, made.stderr) == (0, "", "Wrote casey.pdf\n")
        assert (tmp_path / "casey.pdf").read_bytes().startswith(b"%PDF-")
