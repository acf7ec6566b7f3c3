"""Run by the peers' interpreter: nested proportional-odds models of some items with statsmodels' OrderedModel."""

import json
import statistics
import sys
import time

import numpy as np
from statsmodels.miscmodels.ordinal_model import OrderedModel


def main(scores_path: str, group_path: str, *studied: str) -> None:
    """Fit total; total and group; total, group and their product. Give seconds for all items, from those of a few."""
    scores, group = np.load(scores_path), np.load(group_path)
    total = scores.sum(axis=1)
    z = (total - total.mean()) / total.std()
    design = np.column_stack([z, group, z * group])
    likelihoods(scores[:300, 0], design[:300])  # warm up
    times, ratios = [], []
    for item in map(int, studied):
        start = time.process_time()
        first, second, third = likelihoods(scores[:, item], design)
        times.append(time.process_time() - start)
        ratios.append((2 * (second - first), 2 * (third - first)))
    sys.stdout.write(json.dumps({"seconds": statistics.mean(times) * scores.shape[1], "lr": ratios}))


def likelihoods(item: np.ndarray, design: np.ndarray) -> list[float]:
    """Give the log-likelihoods of the three models."""
    return [
        float(OrderedModel(item.astype(int), design[:, :width], distr="logit").fit(method="bfgs", disp=False).llf)
        for width in (1, 2, 3)
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
