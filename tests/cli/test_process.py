"""The command as others start it: a process of its own, with real streams and exit codes."""

import json
import subprocess
import sys
from pathlib import Path

from eiassess import __version__


def eiassess(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eiassess", *words], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


def test_simulate_then_score(tmp_path: Path) -> None:
    made = eiassess("simulate", "standard-a", "--n", "5", "--seed", "3", "-o", "r.csv", folder=tmp_path)
    assert (made.returncode, made.stdout) == (0, "")
    result = eiassess("score", "standard-a", "r.csv", folder=tmp_path)
    assert result.returncode == 0
    assert len(json.loads(result.stdout)["persons"]) == 5
    assert result.stderr == "5 of 5 rows scored\n"
    n_columns = (tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()[0].count(",") + 1
    with (tmp_path / "r.csv").open("a", encoding="utf-8") as file:
        file.write("P0006,1,2\n")
    result = eiassess("score", "standard-a", "r.csv", folder=tmp_path)
    assert result.returncode == 1
    assert len(json.loads(result.stdout)["persons"]) == 5
    assert f"r.csv: line 7: 3 cells; expected {n_columns}" in result.stderr


def test_an_error_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    result = eiassess("score", "standard-a", "nowhere.csv", folder=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "Error: nowhere.csv: cannot be read: No such file or directory\n"


def test_help_imports_nothing_heavy_and_the_version_is_told(tmp_path: Path) -> None:
    heavy = ("numpy", "scipy", "flask", "sqlalchemy", "weasyprint")
    code = (
        "import sys; from eiassess.cli.main import cli; cli(['--help'], standalone_mode=False); "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.splitlines()[-1] == "[]"
    assert __version__ in eiassess("--version", folder=tmp_path).stdout


def test_an_export_loads_nothing_that_it_has_no_use_for(tmp_path: Path) -> None:
    heavy = ("weasyprint", "openpyxl", "huey", "scipy.stats", "scipy.optimize", "eiassess.web", "eiassess.reporting")
    words = ["opening", "export", "nowhere", "--what", "scores"]
    code = (
        "import sys; from eiassess.cli.main import cli\n"
        f"try: cli({words!r})\n"
        f"except SystemExit: print([name for name in {heavy!r} if name in sys.modules])"
    )
    assert eiassess("db", "upgrade", folder=tmp_path).returncode == 0
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stderr == "Error: There is no opening 'nowhere'\n"
    assert result.stdout == "[]\n"
