"""The launcher `ei`: on a copy of it in an empty checkout, without network, root or the real `.venv`."""

import fcntl
import importlib.machinery
import importlib.util
import os
import queue
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
STUB = """
import os, sys
print("ran", *sys.argv[1:], "in", os.getcwd())
sys.exit(7)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Make a checkout that asks for no Python packages, and whose program says how it was called."""
    root = tmp_path / "a checkout"
    (root / "requirements").mkdir(parents=True)
    for kind in ("run", "test"):
        (root / "requirements" / f"{kind}.lock").write_text("# nothing\n")
    (root / "eiassess").mkdir()
    (root / "eiassess" / "__main__.py").write_text(STUB)
    shutil.copy(CHECKOUT / "ei", root / "ei")
    return root


@pytest.fixture
def launcher(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import the copied launcher, which takes the folder it lies in for its checkout."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = importlib.machinery.SourceFileLoader("ei_launcher", str(checkout / "ei"))
    spec = importlib.util.spec_from_loader("ei_launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder of programs the only one on PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def add_program(folder: Path, name: str, script: str) -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


def run_ei(checkout: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(checkout / "ei"), *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


# --- Which Python


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_unsupported_python_is_one_line_that_names_the_supported(
    launcher: ModuleType, programs: Path, version: tuple[int, int, int]
) -> None:
    assert not list(programs.iterdir())
    with pytest.raises(SystemExit) as stopped:
        launcher.leave_unsupported_python(version)
    line = str(stopped.value)
    assert "\n" not in line
    assert f"this is {version[0]}.{version[1]} " in line
    assert "needs Python 3.11, 3.12 or 3.13" in line


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13, 5)])
def test_supported_python_goes_on(launcher: ModuleType, version: tuple[int, int, int]) -> None:
    launcher.leave_unsupported_python(version)


def test_a_shim_that_does_not_start_is_passed_over(launcher: ModuleType, programs: Path) -> None:
    add_program(programs, "python3.13", "echo 'python3.13: command not found' >&2; exit 127")
    works = add_program(programs, "python3.12", "exit 0")
    assert launcher.find_supported_python() == str(works)


# --- Debian packages


def test_without_root_or_sudo_one_line_says_what_to_install(
    launcher: ModuleType, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_program(programs, "apt-get", "exit 0")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        launcher.install_debian_packages(["libpango-1.0-0", "fonts-dejavu-core"])
    line = str(stopped.value)
    assert "\n" not in line
    assert line.endswith("apt-get install -y --no-install-recommends libpango-1.0-0 fonts-dejavu-core")


def test_without_apt_get_the_packages_are_named(launcher: ModuleType, programs: Path) -> None:
    assert not list(programs.iterdir())
    with pytest.raises(SystemExit, match=r"missing, by their Debian names: poppler-utils; install"):
        launcher.install_debian_packages(["poppler-utils"])


@pytest.mark.parametrize(("allowed", "terminal", "expected"), [(0, False, ["-n"]), (1, True, []), (1, False, None)])
def test_sudo_is_used_without_a_password_or_at_a_terminal(
    launcher: ModuleType,
    programs: Path,
    monkeypatch: pytest.MonkeyPatch,
    allowed: int,
    terminal: bool,  # noqa: FBT001 - a column of the table above
    expected: list[str] | None,
) -> None:
    sudo = add_program(programs, "sudo", f"exit {allowed}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "isatty", lambda _descriptor: terminal)
    assert launcher.root_prefix() == (None if expected is None else [str(sudo), *expected])


def test_a_package_counts_as_here_when_what_it_brings_is(
    launcher: ModuleType, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "library_loads", lambda name: "subset" not in name)
    add_program(programs, "chromium", "exit 0")
    missing = launcher.missing_packages("test")
    assert "libharfbuzz-subset0" in missing
    assert "poppler-utils" in missing
    assert not {"libpango-1.0-0", "chromium"} & set(missing)


@pytest.mark.parametrize("apt_exit", [0, 100])
def test_no_cluster_is_made_while_packages_are_installed_and_nothing_stays_behind(
    launcher: ModuleType, programs: Path, tmp_path: Path, apt_exit: int
) -> None:
    no_cluster = tmp_path / "etc" / "createcluster.d" / "zz.conf"
    seen = tmp_path / "seen"
    add_program(programs, "dpkg", "exit 1")
    add_program(programs, "apt-get", f'[ "$1" = update ] && exit 1; cat "{no_cluster}" >"{seen}"; exit {apt_exit}')
    command = ["/bin/sh", "-c", launcher.INSTALL_SCRIPT, "ei", str(no_cluster), "postgresql"]
    result = subprocess.run(command, env={"PATH": f"{programs}:/usr/bin:/bin"}, check=False)
    assert result.returncode == apt_exit
    assert "create_main_cluster = false\n" in seen.read_text()
    assert not no_cluster.exists()
    assert not no_cluster.parent.exists()


# --- The stamp and the lock


def write_stamp(launcher: ModuleType, *kinds: str) -> None:
    launcher.VENV.mkdir(exist_ok=True)
    launcher.STAMP.write_text("".join(launcher.fingerprint(kind) + "\n" for kind in kinds))


def test_a_finished_environment_is_stamped_for_what_it_holds(launcher: ModuleType) -> None:
    assert not launcher.is_stamped("run")
    write_stamp(launcher, "run")
    assert launcher.is_stamped("run")
    assert not launcher.is_stamped("test")


def test_a_changed_lock_file_voids_the_stamp(launcher: ModuleType) -> None:
    write_stamp(launcher, "run", "test")
    launcher.lock_file("test").write_text("# other\n")
    assert launcher.is_stamped("run")
    assert not launcher.is_stamped("test")


def test_another_python_or_place_voids_the_stamp(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    write_stamp(launcher, "run")
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(launcher, "base_python", lambda: Path("/opt/python3.12"))
        assert not launcher.is_stamped("run")
    with monkeypatch.context() as moved:
        moved.setattr(launcher, "ROOT", Path("/elsewhere"))
        assert not launcher.is_stamped("run")


def test_an_interrupted_install_leaves_no_stamp(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_kind: str, _lock: int) -> None:
        raise KeyboardInterrupt

    write_stamp(launcher, "run")
    monkeypatch.setattr(launcher, "missing_packages", lambda _kind: [])
    monkeypatch.setattr(launcher, "install_python_packages", interrupt)
    assert launcher.main(["test"]) == 130
    assert not launcher.STAMP.exists()


def test_a_second_set_up_says_that_it_waits_and_waits(
    launcher: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = os.open(checkout, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    said: queue.Queue[str] = queue.Queue()
    entered = threading.Event()
    monkeypatch.setattr(launcher, "say", said.put)

    def second() -> None:
        with launcher.setup_lock():
            entered.set()

    waiting = threading.Thread(target=second)
    waiting.start()
    assert said.get(timeout=5) == "another ./ei is setting up; waiting"
    assert not entered.is_set()
    os.close(held)
    waiting.join(5)
    assert entered.is_set()


# --- The whole way


def test_from_nothing_to_the_program_and_again(checkout: Path, tmp_path: Path) -> None:
    """A real `.venv`: made, found finished, mended after an interruption, made anew after a move."""
    first = run_ei(checkout, "score", "two words", cwd=tmp_path)
    assert (first.returncode, first.stdout) == (7, f"ran score two words in {tmp_path}\n"), first.stderr
    assert "Setting up (3 of 3): 0 Python packages" in first.stderr

    again = run_ei(checkout, "score", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (7, "")

    command = checkout / ".venv" / "bin" / "eiassess"
    direct = subprocess.run([command, "a"], cwd="/", capture_output=True, text=True, check=False)
    assert direct.stdout == "ran a in /\n"

    (checkout / ".venv" / "ei-stamp").unlink()
    (checkout / ".venv" / "bin" / "python").unlink()
    moved = checkout.rename(tmp_path / "moved")
    mended = run_ei(moved, cwd=tmp_path)
    assert mended.stdout == f"ran in {tmp_path}\n", mended.stderr
    assert "incomplete, outdated or was moved" in mended.stderr


def test_no_benchmarks_is_one_line(checkout: Path, tmp_path: Path) -> None:
    result = run_ei(checkout, "bench", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "no benchmarks" in result.stderr


def test_an_incomplete_checkout_is_one_line(checkout: Path, tmp_path: Path) -> None:
    (checkout / "requirements" / "run.lock").unlink()
    result = run_ei(checkout, "demo", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.endswith("run.lock is missing: clone the repository again\n")


def test_the_first_failing_check_ends_the_run_with_its_exit_code(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    launcher.BIN.mkdir(parents=True)
    add_program(launcher.BIN, "ruff", "echo checked; exit 0")
    add_program(launcher.BIN, "mypy", "exit 3")
    monkeypatch.setattr(launcher, "prepare", lambda _kind: None)
    monkeypatch.chdir(Path.cwd())
    assert launcher.main(["test"]) == 3
    out, err = capfd.readouterr()
    assert out == "checked\nchecked\n"
    assert [line for line in err.splitlines() if line.endswith("...")] == [
        "ei: ruff check ...",
        "ei: ruff format --check ...",
        "ei: mypy ...",
    ]
    assert err.splitlines()[-1].startswith("ei: mypy failed: ")


def test_arguments_after_test_go_to_pytest_alone(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(launcher, "prepare", lambda _kind: None)
    monkeypatch.setattr(launcher, "become", became.append)
    monkeypatch.chdir(Path.cwd())
    launcher.main(["test", "-k", "keys"])
    assert became == [[str(launcher.BIN / "python"), "-m", "pytest", "-k", "keys"]]


def test_no_registry_address_is_committed() -> None:
    """Pip's own configuration says where packages come from."""
    for path in (CHECKOUT / "ei", CHECKOUT / ".ci" / "run", *(CHECKOUT / "requirements").iterdir()):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert "127.0.0.1" in line or "://" not in line, f"{path}: {line}"
            assert "index-url" not in line, f"{path}: {line}"
