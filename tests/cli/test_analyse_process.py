"""The analyses as others start them: a process of its own, with real streams and exit codes."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.cli.analysing import COLUMNS, SCORES, strict, write

COMMAND = [sys.executable, "-m", "eiassess", "analyse"]


def test_a_pipe_gets_json_and_a_file_what_its_name_says(tmp_path: Path) -> None:
    words = ["reliability", str(SCORES), "--columns", COLUMNS, "-o", "r.csv"]
    result = subprocess.run([*COMMAND, *words], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "1200 of 1200 rows read\n")
    assert (tmp_path / "r.csv").read_text(encoding="utf-8").startswith("part,n_used,alpha,")
    result = subprocess.run(
        [*COMMAND, *words[:-2]], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert strict(result.stdout)["n_used"] == 745


def test_a_terminal_gets_a_table(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    words = ["validity", str(SCORES), "--score", "s01", "--criterion", "criterion"]
    done = subprocess.run(
        [*COMMAND, *words], cwd=tmp_path, stdout=theirs, stderr=subprocess.PIPE, check=False, timeout=60
    )
    os.close(theirs)
    text = os.read(ours, 100_000).decode()
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, b"1200 of 1200 rows read\n")
    assert text.startswith("r = 0.10 (95 % 0.05 to 0.16), uncorrected, over 1174 people.")


def test_refused_rows_and_errors(tmp_path: Path) -> None:
    path = tmp_path / write(str(tmp_path / "d.csv"), "a,b", "1,2", "2,x", "3,5", "4,4")
    words = ["reliability", str(path), "--columns", "a,b"]
    result = subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False, timeout=60)
    assert (result.returncode, json.loads(result.stdout)["n_used"]) == (1, 3)
    assert f"{path}: line 3, column b: x is not understood" in result.stderr
    words[-1] = "a,z"
    result = subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False, timeout=60)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"Error: {path}: line 1: there is no column z; the columns are a, b\n"
