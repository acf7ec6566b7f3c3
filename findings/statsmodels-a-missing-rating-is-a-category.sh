#!/usr/bin/env bash
# statsmodels counts a missing rating as a category of its own that raters can agree on.
#
# One would guess: aggregate_raters, which prepares ratings for Fleiss' kappa, leaves a rating that is missing (NaN) out, or refuses.
# What is true (statsmodels 0.15.0): NaN becomes one more category, without a warning; two raters who both left a subject out
#   agree on it, and kappa rises or falls with how often nobody answered.
# Why it matters here: experts may say "cannot judge" and leave scenarios out. Taken as a peer for a key's agreement, this
#   counts what two experts did not say as their agreement; rows with a missing rating have to go before, or another statistic be used.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet statsmodels==0.15.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
"$room/venv/bin/python" - <<'PYTHON'
import sys

import numpy as np
import statsmodels
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

print("statsmodels", statsmodels.__version__)
ratings = np.array([[1, 1, 2], [2, 2, 1], [1, 2, 2], [2, 1, 1]], dtype=float)
counts, categories = aggregate_raters(ratings)
kappa = fleiss_kappa(counts)
print("categories", categories.tolist(), "kappa", round(kappa, 4))
with_gaps = np.vstack([ratings, np.full((4, 3), np.nan)])
counts_with_gaps, categories_with_gaps = aggregate_raters(with_gaps)
kappa_with_gaps = fleiss_kappa(counts_with_gaps)
print("and four subjects that nobody rated: categories", categories_with_gaps.tolist(), "kappa", round(kappa_with_gaps, 4))
sys.exit(not (len(categories_with_gaps) == 3 and kappa < 0 < 0.4 < kappa_with_gaps))
PYTHON
