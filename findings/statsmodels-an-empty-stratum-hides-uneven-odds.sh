#!/usr/bin/env bash
# A stratum without information is left out by two of the three statistics of one table in statsmodels, and spoils the third.
#
# One would guess: StratifiedTable leaves a stratum in which everybody gave the same answer out of all its statistics alike.
# What is true (statsmodels 0.15.0): the pooled odds ratio and test_null_odds (Mantel-Haenszel) leave it out; test_equal_odds
#   (Breslow and Day: are the odds the same in all strata?) gives NaN, with a warning of NumPy's at most.
# Why it matters here: among people with very low or very high totals a DIF table nearly always has such a stratum, so the
#   question about non-uniform DIF silently has no answer while the other two look whole.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet statsmodels==0.15.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
"$room/venv/bin/python" -W ignore - <<'PYTHON'
import math
import sys

import numpy as np
import statsmodels
from statsmodels.stats.contingency_tables import StratifiedTable

print("statsmodels", statsmodels.__version__)
telling = [np.array([[5, 3], [2, 6]]), np.array([[4, 4], [3, 6]])]
silent = np.array([[0, 4], [0, 5]])


def statistics(tables):
    whole = StratifiedTable(tables)
    return whole.oddsratio_pooled, whole.test_null_odds().pvalue, whole.test_equal_odds().pvalue


without, beside = statistics(telling), statistics([*telling, silent])
for name, values in (("two strata", without), ("and one in which all answered alike", beside)):
    print(name, dict(zip(("pooled odds", "null odds p", "equal odds p"), [round(float(v), 4) for v in values], strict=True)))
sys.exit(not (math.isclose(without[0], beside[0]) and math.isclose(without[1], beside[1]) and math.isnan(beside[2])))
PYTHON
