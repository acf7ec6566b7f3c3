"""An environment of their own for the packages that we compare with: nothing of it ever reaches the product's."""

import hashlib
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".venv-bench"
STAMP = FOLDER / "bench-stamp"
LOCK_FILE = ROOT / "requirements" / "bench.lock"
NAMES = ("mirt", "statsmodels", "pandas", "pingouin")


def peer_python() -> Path:
    """Return the interpreter that has the peers, installing them when the lock file or this Python changed."""
    python = FOLDER / "bin" / "python"
    if not (STAMP.is_file() and STAMP.read_text(encoding="utf-8") == _fingerprint()):
        sys.stderr.write(f"bench: installing {', '.join(NAMES)} into {FOLDER}; this may take some minutes\n")
        shutil.rmtree(FOLDER, ignore_errors=True)
        venv.create(FOLDER, with_pip=True)
        options = ["--no-deps", "--require-hashes", "--no-input", "--quiet", "--disable-pip-version-check"]
        _run([python, "-m", "pip", "install", *options, "-r", LOCK_FILE])
        STAMP.write_text(_fingerprint(), encoding="utf-8")
    return python


def versions() -> dict[str, str]:
    """Tell the versions that are installed."""
    code = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
    names = (*NAMES, "numpy")
    return dict(zip(names, _run([peer_python(), "-c", code, *names]).split(), strict=True))


def _run(command: Sequence[object]) -> str:
    """Run quietly and return what was printed; say what went wrong only when something did."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr)
        done.check_returncode()
    return done.stdout


def _fingerprint() -> str:
    return hashlib.sha256(f"{sys.version}\n{FOLDER}\n".encode() + LOCK_FILE.read_bytes()).hexdigest()
