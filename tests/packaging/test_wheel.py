"""The wheel, built here and installed elsewhere: nothing of the checkout is needed to score, print and serve."""

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from eiassess import __version__
from tests.databases import free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    ignored = shutil.ignore_patterns(".*", "__pycache__", "instance", "dist", "build", "tests")
    shutil.copytree(ROOT, source, ignore=ignored)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, source, folder=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and the packages that it needs, but without the checkout; its programs' folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", folder=folder)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "venv" / "lib" / version / "site-packages"
    # Only the folder: .pth files inside it, one of which names the checkout, do not count there.
    (packages / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    run(
        sys.executable, "-m", "pip", "--python", folder / "venv", "install", "--quiet", "--no-deps", "--no-index",
        "--ignore-installed", "--disable-pip-version-check", "--no-warn-script-location", wheel, folder=folder,
    )  # fmt: skip
    return folder / "venv" / "bin"


@pytest.fixture(scope="module")
def without_extras(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and only what the lock for running names; its programs' folder."""
    folder = tmp_path_factory.mktemp("without")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", folder=folder)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "venv" / "lib" / version / "site-packages"
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / "run.lock").read_text("utf-8"), re.MULTILINE)
    for name in locked:
        try:
            parts = {Path(file.parts[0]) for file in importlib.metadata.files(name) or ()}
        except importlib.metadata.PackageNotFoundError:  # it is for another system
            continue
        for part in parts - {Path(".."), Path("__pycache__")}:
            if not (packages / part).exists():
                (packages / part).symlink_to(Path(sysconfig.get_path("purelib")) / part)
    run(
        sys.executable, "-m", "pip", "--python", folder / "venv", "install", "--quiet", "--no-deps", "--no-index",
        "--disable-pip-version-check", "--no-warn-script-location", wheel, folder=folder,
    )  # fmt: skip
    return folder / "venv" / "bin"


def run(*words: object, folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("EIASSESS", "PYTHON"))}
    done = subprocess.run(
        [str(word) for word in words], cwd=folder, env=environment, capture_output=True, text=True, check=False,
        timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_code_and_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for expected in (
        "eiassess/__main__.py",
        "eiassess/_data/question_banks/service-ei/forms/standard-a.toml",
        "eiassess/_data/question_banks/service-ei/keys/theory-1.toml",
        "eiassess/_data/templates/base.html",
        "eiassess/_data/reports/_head.html",
        "eiassess/_data/reports/paper.css",
        "eiassess/_data/reports/hiring/report.html",
        "eiassess/_data/reports/hiring/report.css",
        "eiassess/_data/reports/hiring/sample.json",
        "eiassess/_data/reports/comparison/report.html",
        "eiassess/_data/reports/comparison/report.css",
        "eiassess/_data/reports/comparison/sample.json",
        "eiassess/web/static/app.css",
        "eiassess/persistence/migrations/env.py",
        "eiassess/persistence/migrations/versions/0001_the_first_tables.py",
        f"eiassess-{__version__}.dist-info/licenses/LICENSE",
    ):
        assert expected in names
    assert {name.split("/")[0] for name in names} == {"eiassess", f"eiassess-{__version__}.dist-info"}
    assert not [name for name in names if "test" in name.split("/")[-1].removesuffix(".py").split("_")]
    assert not [name for name in names if name.endswith((".pyc", ".sqlite")) or "secret-key" in name]


def test_every_data_file_of_the_checkout_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("question_banks", "templates", "reports"):
        files = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {f"eiassess/_data/{name}" for name in files} <= names


def test_it_runs_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    code = "import eiassess, sys; print(eiassess.__file__); print(sys.path)"
    where, path = run(installed / "python", "-c", code, folder=tmp_path).splitlines()
    assert where.startswith(str(installed.parent))
    assert repr(str(ROOT)) not in path


def test_without_the_extra_everything_else_works(without_extras: Path, tmp_path: Path) -> None:
    """Sign-in by a provider needs packages that not everybody has; nothing else misses them."""
    code = "from importlib.util import find_spec; "
    code += "print([name for name in ('authlib', 'joserfc', 'requests', 'urllib3') if find_spec(name)])"
    assert run(without_extras / "python", "-c", code, folder=tmp_path).strip() == "[]"
    eiassess = without_extras / "eiassess"
    run(eiassess, "db", "upgrade", folder=tmp_path)
    run(eiassess, "user", "add", "ada@example.org", "--name", "Ada", "--role", "administrator", folder=tmp_path)
    known = ("--issuer", "https://login.example.org", "--subject", "1")
    assert run(eiassess, "user", "identity", "ada@example.org", *known, folder=tmp_path).endswith(" 1\n")
    sign_in = "from eiassess.cli.installation import *; from eiassess.web.app import create_app; "
    sign_in += "from eiassess.web.shell.context import Installation; chosen = settings()\n"
    sign_in += "with opened_database(chosen) as database:\n"
    sign_in += "    app = create_app(Installation(chosen, database, utc_now, None, secret_key(chosen)))\n"
    sign_in += "    print(app.test_client().get('/sign-in', base_url='http://127.0.0.1:8000').status_code)"
    assert run(without_extras / "python", "-c", sign_in, folder=tmp_path).strip() == "200"


def test_it_scores(installed: Path, tmp_path: Path) -> None:
    eiassess = installed / "eiassess"
    run(eiassess, "simulate", "standard-a", "--n", "3", "--seed", "1", "-o", "responses.csv", folder=tmp_path)
    scored = json.loads(run(eiassess, "score", "standard-a", "responses.csv", folder=tmp_path))
    assert len(scored["persons"]) == 3


def test_it_makes_a_pdf(installed: Path, tmp_path: Path) -> None:
    run(installed / "eiassess", "report", "preview", "hiring", "-o", "sample.pdf", folder=tmp_path)
    assert (tmp_path / "sample.pdf").read_bytes().startswith(b"%PDF-")


def test_it_serves_the_demo(installed: Path, tmp_path: Path) -> None:
    port = free_port()
    with subprocess.Popen(
        [installed / "eiassess", "demo", "--port", str(port)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as demo:
        try:
            page = first_page(f"http://127.0.0.1:{port}/sign-in", demo)
        finally:
            demo.terminate()
            demo.communicate(timeout=30)
    assert "<h1" in page
    assert "SIMULATED" in page
    assert demo.returncode == 0


def first_page(url: str, process: "subprocess.Popen[bytes]") -> str:
    for _ in range(1800):
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - an address made here
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    message = f"{url} did not answer"
    raise AssertionError(message)
