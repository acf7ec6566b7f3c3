#!/usr/bin/env bash
# One p-value that could not be computed changes what statsmodels says of all the others, in two ways by the method.
#
# One would guess: multipletests adjusts the p-values that are there and leaves an empty one (NaN) empty.
# What is true (statsmodels 0.15.0): with "fdr_bh" and "hommel" every adjusted value becomes NaN, so nothing is rejected and
#   nothing is raised; with "holm" and "bonferroni" the empty one counts as a test, so the others are adjusted too much.
# Why it matters here: in a table of DIF or of item fit some columns cannot be tested (everybody gave one answer). A peer's
#   "nothing significant" may be one such column. Ours leaves it empty and does not count it.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet statsmodels==0.15.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
"$room/venv/bin/python" -W ignore - <<'PYTHON'
import sys

import numpy as np
import statsmodels
from statsmodels.stats.multitest import multipletests

print("statsmodels", statsmodels.__version__)
expected = {"fdr_bh": [np.nan] * 3, "hommel": [np.nan] * 3, "holm": [0.04, 0.06, 0.06], "bonferroni": [0.04, 0.08, 0.12]}
same = True
for method, known in expected.items():
    alone = multipletests([0.01, 0.02, 0.03], method=method)[1]
    beside = multipletests([0.01, 0.02, np.nan, 0.03], method=method)[1]
    print(f"{method}: three values {alone.round(4).tolist()}, with an empty one among them {beside.round(4).tolist()}")
    same &= np.isfinite(alone).all() and np.allclose(beside[[0, 1, 3]], known, equal_nan=True)
sys.exit(not same)
PYTHON
