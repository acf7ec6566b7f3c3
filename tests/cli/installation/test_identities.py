"""Sign-in by a provider from the command line: who is whom, and what doctor and serve say."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.installation.conftest import ALICE
from tests.databases import free_port
from tests.sign_in_provider import CLIENT, CONFIGURATION, SECRET, Reply, SignInHost, provider_of_sign_in

ISSUER = "https://login.example.org"


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, ISSUER)


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[SignInHost]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with provider_of_sign_in(lambda: datetime.now(UTC)) as running:
        _set(monkeypatch, running.issuer)
        yield running


def _set(monkeypatch: pytest.MonkeyPatch, issuer: str) -> None:
    for name, value in (("ISSUER", issuer), ("CLIENT_ID", CLIENT), ("CLIENT_SECRET", SECRET)):
        monkeypatch.setenv(f"EIASSESS_OIDC_{name}", value)


@pytest.fixture
def alice(ready: Run) -> Run:
    assert ready("user", "add", *ALICE).exit_code == 0
    return ready


@pytest.mark.usefixtures("known")
def test_somebody_is_connected_looked_up_and_parted(alice: Run) -> None:
    assert alice("user", "identity", ALICE[0]).stdout == ""
    result = alice("user", "identity", ALICE[0], "--subject", "248289761001")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{ISSUER} 248289761001\n", "")
    assert alice("user", "identity", ALICE[0]).stdout == f"{ISSUER} 248289761001\n"
    refused = alice("user", "identity", ALICE[0], "--subject", "another")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "is somebody else at https://login.example.org already" in refused.stderr
    changed = alice("user", "identity", ALICE[0], "--remove", "--subject", "another")
    assert changed.stdout == f"{ISSUER} another\n"
    assert alice("user", "identity", ALICE[0], "--remove").stdout == ""


def test_without_the_setting_the_provider_is_named(alice: Run) -> None:
    refused = alice("user", "identity", ALICE[0], "--subject", "1")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("Error: EIASSESS_OIDC_ISSUER is not set; say with --issuer")
    result = alice("user", "identity", ALICE[0], "--subject", "1", "--issuer", "https://other.example.org")
    assert result.stdout == "https://other.example.org 1\n"


def test_somebody_who_is_not_there(alice: Run) -> None:
    result = alice("user", "identity", "nobody@example.org")
    assert (result.exit_code, result.stderr) == (2, "Error: There is no account for nobody@example.org\n")


def test_doctor_asks_the_provider(ready: Run, host: SignInHost) -> None:
    assert f"ok       Sign-in by {host.issuer}\n" in ready("doctor").stdout
    host.metadata = {"issuer": f"{host.issuer}/"}
    result = ready("doctor")
    assert result.exit_code == 1
    assert (
        f"MISSING  Sign-in by {host.issuer}: it names itself '{host.issuer}/', which is not letter by" in result.stdout
    )
    host.replies = {CONFIGURATION: Reply(b"", 404)}
    assert "404" in ready("doctor").stdout


@pytest.mark.usefixtures("ready", "known")
@pytest.mark.parametrize(
    ("package", "words"),
    [("authlib", ("serve", "--port", "0")), ("requests", ("serve", "--port", "0")), ("joserfc", ("doctor",))],
)
def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path, package: str, words: tuple[str, ...]) -> None:
    (tmp_path / "without").mkdir()
    # as Python says it of a package that is not there
    missing = f"raise ModuleNotFoundError(\"No module named '{package}'\", name='{package}')\n"
    (tmp_path / "without" / f"{package}.py").write_text(missing)
    done = subprocess.run(
        [sys.executable, "-m", "eiassess", *(str(free_port()) if word == "0" else word for word in words)],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "without")},
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == (1 if words == ("doctor",) else 2), done.stdout + done.stderr
    (line,) = (each for each in (done.stdout + done.stderr).splitlines() if "eiassess[sso]" in each)
    assert line.endswith(
        "EIASSESS_OIDC_ISSUER is set, and sign-in by a provider needs packages that are not installed "
        f"({package}); run: pip install 'eiassess[sso]'"
    )
