#!/usr/bin/env bash
# pingouin's confidence interval of alpha counts people whose rows it has just left out.
#
# One would guess: cronbach_alpha(data, nan_policy="listwise") is cronbach_alpha(data.dropna()).
# What is true (pingouin 0.7.0): alpha is the same, its interval is not: the number of people is taken before the incomplete
#   rows are dropped, so the interval is as narrow as if everybody had answered everything.
# Why it matters here: pingouin is the peer that our reliability is compared with. With many gaps its interval can look four
#   times as sure as the data are; compare with complete rows only.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet pingouin==0.7.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
"$room/venv/bin/python" -W ignore - <<'PYTHON'
import sys

import numpy as np
import pandas as pd
import pingouin

print("pingouin", pingouin.__version__)
draw = np.random.default_rng(7)
answers = pd.DataFrame(draw.normal(size=(40, 1)) + draw.normal(size=(40, 4)))
answers.iloc[10:, 0] = np.nan  # ten of forty people answered everything
alpha, interval = pingouin.cronbach_alpha(answers, nan_policy="listwise")
alpha_complete, interval_complete = pingouin.cronbach_alpha(answers.dropna())
width, width_complete = (float(high - low) for low, high in (interval, interval_complete))
print(f"listwise: alpha {alpha:.4f}, interval {interval.tolist()}")
print(f"complete rows given: alpha {alpha_complete:.4f}, interval {interval_complete.tolist()}")
sys.exit(not (abs(alpha - alpha_complete) < 1e-12 and width < 0.6 * width_complete))
PYTHON
