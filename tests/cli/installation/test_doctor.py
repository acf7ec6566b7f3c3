"""What doctor says of an installation, and the secret key."""

import os
import stat
from pathlib import Path

import pytest

from eiassess.cli import doctor
from eiassess.cli.installation import secret_key, settings
from eiassess.errors import SetupError
from eiassess.persistence.migrations import downgrade_database
from tests.cli.conftest import Run


class TestDoctor:
    def test_a_good_installation(self, ready: Run) -> None:
        result = ready("doctor")
        assert (result.exit_code, result.stderr) == (0, "")
        lines = result.stdout.splitlines()
        assert [line.split()[0] for line in lines] == ["ok"] * len(lines)
        assert {"Settings", "Question", "Templates", "Database", "PDF", "Python"} <= {line.split()[1] for line in lines}

    @pytest.mark.parametrize(
        ("base_url", "proxy", "is_warned"),
        [
            ("https://hiring.example.org", "", True),
            ("https://hiring.example.org", "127.0.0.1", False),
            ("http://127.0.0.1:8000", "", False),
        ],
    )
    def test_https_without_a_trusted_proxy_is_warned_of(
        self, ready: Run, monkeypatch: pytest.MonkeyPatch, base_url: str, proxy: str, *, is_warned: bool
    ) -> None:
        monkeypatch.setenv("EIASSESS_BASE_URL", base_url)
        monkeypatch.setenv("EIASSESS_TRUSTED_PROXY", proxy)
        result = ready("doctor")
        assert result.exit_code == 0
        said = [line for line in result.stdout.splitlines() if "EIASSESS_TRUSTED_PROXY does not name it" in line]
        assert [line.split()[0] for line in said] == ["ADVICE"] * is_warned

    def test_a_missing_database(self, run: Run) -> None:
        result = run("doctor")
        assert result.exit_code == 1
        assert "MISSING  Database: there is none yet at " in result.stdout

    def test_an_old_database(self, ready: Run) -> None:
        downgrade_database(settings().database_url, "base")
        result = ready("doctor")
        assert result.exit_code == 1
        assert "MISSING  Database: is not up to date; run: eiassess db upgrade" in result.stdout

    @pytest.mark.parametrize(
        ("name", "value", "finding"),
        [
            ("EIASSESS_BASE_URL", "hiring.example.org", "MISSING  Settings: EIASSESS_BASE_URL is"),
            ("EIASSESS_BASE_URL", "http://hiring.example.org", "MISSING  Settings: EIASSESS_BASE_URL is"),
            ("EIASSESS_DATABASE_URL", "mysql://x", "MISSING  Database: EIASSESS_DATABASE_URL must start with"),
            ("EIASSESS_DATABASE_URL", "sqlite:////proc/nowhere/a.sqlite", "MISSING  Database: "),
            (
                "EIASSESS_TWO_STEPS_FOR",
                "recruiter, boss",
                "MISSING  Settings: EIASSESS_TWO_STEPS_FOR names 'boss', which",
            ),
            ("EIASSESS_SECRET_KEY", "short", "MISSING  Secret key: EIASSESS_SECRET_KEY needs at least 32"),
        ],
    )
    def test_a_broken_installation(
        self, ready: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, finding: str
    ) -> None:
        monkeypatch.setenv(name, value)
        result = ready("doctor")
        assert (result.exit_code, result.stderr) == (1, "")
        assert finding in result.stdout
        assert "ok       PDF" in result.stdout

    def test_missing_data_and_programs(self, ready: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(*_: object) -> None:
            message = "The folder 'question_banks' is missing from this installation"
            raise FileNotFoundError(message)

        def no_pango(*_: object) -> None:
            message = "Pango is missing."
            raise SetupError(message)

        monkeypatch.setattr(doctor, "settings", missing)
        monkeypatch.setattr(doctor.PdfRenderer, "render", no_pango)
        result = ready("doctor")
        assert result.exit_code == 1
        assert "MISSING  Settings: The folder 'question_banks' is missing" in result.stdout
        assert "MISSING  PDF: Pango is missing. Debian and Ubuntu: apt-get install libpango" in result.stdout

    def test_letters_that_no_font_has_are_named_with_their_package(
        self, ready: Run, monkeypatch: pytest.MonkeyPatch, few_fonts: Path
    ) -> None:
        monkeypatch.setenv("FONTCONFIG_FILE", str(few_fonts))
        result = ready("doctor")
        assert result.exit_code == 1
        (line,) = (each for each in result.stdout.splitlines() if "Letters in PDFs" in each)
        assert line.startswith("MISSING  Letters in PDFs: no font on this machine has ")
        assert all(f"{script} (" in line for script in ("Thai", "Devanagari", "Hangul", "Ethiopic", "signs", "CJK"))
        assert line.endswith("apt-get install fonts-noto-cjk fonts-noto-color-emoji fonts-noto-core")

    def test_an_incomplete_bank(self, ready: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        form = tmp_path / "banks" / "mine" / "forms" / "standard-a.toml"
        form.parent.mkdir(parents=True)
        form.write_text("", "utf-8")
        monkeypatch.setenv("EIASSESS_BANKS", str(tmp_path / "banks"))
        result = ready("doctor")
        assert result.exit_code == 1
        assert "MISSING  Question bank: mine/bank.toml" in result.stdout


class TestSecretKey:
    def test_it_is_made_once_for_the_owner_only(self, tmp_path: Path) -> None:
        first = secret_key(settings())
        assert secret_key(settings()) == first
        path = tmp_path / "instance" / "secret-key"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [each.name for each in path.parent.iterdir()] == ["secret-key"]
        assert len(first) >= 32

    def test_a_start_that_was_cut_short_leaves_no_half_key(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):  # noqa: PT012 - the patch has to go before the check
            patched.setattr(os, "link", killed)
            secret_key(settings())
        assert list((tmp_path / "instance").iterdir()) == []
        assert len(secret_key(settings())) >= 32

    def test_one_that_was_given_comes_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("EIASSESS_SECRET_KEY", "k" * 32)
        assert secret_key(settings()) == "k" * 32
