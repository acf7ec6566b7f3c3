"""Every contract of import-linter breaks on a violation planted for it, and holds without."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
}
PLANTED = {
    "layers": ("domain/forms.py", "import eiassess.scoring.person.plan"),
    "pure-core": ("scoring/person/plan.py", "import jinja2"),
    "domain-standard-library": ("domain/forms.py", "import numpy"),
    "psychometrics-arrays-only": ("psychometrics/house/profiles.py", "import eiassess.domain.forms"),
    "persistence-protected": ("web/shell/access.py", "import eiassess.persistence.engine"),
    "areas-apart": ("web/manager/views.py", "import eiassess.web.recruiter.list_addresses"),
    "candidate-without-key": ("web/candidate/views.py", "import eiassess.domain.keys"),
    "content-without-key": ("services/content/pinned.py", "import eiassess.services.content.pinned_keys"),
    "weasyprint-in-reporting": ("services/results/for_managers.py", "import weasyprint"),
    "provider-in-oidc": ("web/auth/by_provider.py", "import requests"),
    "no-cycles": ("domain/keys.py", "import eiassess.domain.reports\nimport eiassess.domain.scenarios"),
}
CYCLE = ("domain/scenarios.py", "import eiassess.domain.keys")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package: others may work on the original meanwhile."""
    folder = tmp_path_factory.mktemp("original")
    shutil.copytree(ROOT / "eiassess", folder / "eiassess", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, "--no-cache", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


def test_every_contract_has_a_violation_to_plant() -> None:
    assert set(PLANTED) == set(CONTRACTS)


def test_all_contracts_hold(original: Path) -> None:
    result = lint(original)
    assert result.returncode == 0, result.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in result.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_a_contract_breaks_on_a_planted_violation(original: Path, tmp_path: Path, contract: str) -> None:
    copy = Path(shutil.copytree(original, tmp_path / "copy"))
    for file, line in (PLANTED[contract], *([CYCLE] if contract == "no-cycles" else [])):
        path = copy / "eiassess" / file
        path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")
    result = lint(copy, "--contract", contract)
    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{CONTRACTS[contract]} BROKEN" in result.stdout


def test_a_new_package_must_find_its_layer(original: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(original, tmp_path / "copy"))
    (copy / "eiassess" / "utils.py").write_text('"""Anything."""\n', "utf-8")
    result = lint(copy, "--contract", "layers")
    assert result.returncode == 1
    assert "eiassess.utils" in result.stdout + result.stderr
