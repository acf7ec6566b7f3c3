"""Run by the peers' interpreter: an item analysis with pandas and pingouin."""

import json
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pingouin


def main(path: str, categories: str) -> None:
    """Analyse as one would with these packages, and once more with the covariances taken only once."""
    frame = pd.DataFrame(np.load(path), columns=[f"s{number:02}" for number in range(1, np.load(path).shape[1] + 1)])
    options = range(int(categories))
    figures = {
        "seconds": seconds(lambda: analyse(frame, options), 1),
        "tuned_seconds": seconds(lambda: analyse_tuned(frame, options), 5),
        "found": analyse(frame, options),
    }
    sys.stdout.write(json.dumps(figures))


def analyse(frame: pd.DataFrame, options: range) -> dict[str, list]:
    """One function call a statistic."""
    total = frame.sum(axis=1)
    return {
        "alpha": [float(pingouin.cronbach_alpha(frame)[0])],
        "alpha_if_deleted": [float(pingouin.cronbach_alpha(frame.drop(columns=name))[0]) for name in frame],
        "corrected_item_total": [float(frame[name].corr(total - frame[name])) for name in frame],
        "counts": [frame[name].value_counts().reindex(options, fill_value=0).tolist() for name in frame],
    }


def analyse_tuned(frame: pd.DataFrame, options: range) -> dict[str, object]:
    """Everything from one covariance matrix, as somebody would who knows the formulas."""
    covariance, k = frame.cov().to_numpy(), frame.shape[1]
    own, rows, total = covariance.diagonal(), covariance.sum(axis=0), covariance.sum()
    rest = total - 2 * rows + own
    return {
        "alpha": k / (k - 1) * (1 - own.sum() / total),
        "alpha_if_deleted": (k - 1) / (k - 2) * (1 - (own.sum() - own) / rest),
        "corrected_item_total": (rows - own) / np.sqrt(own * rest),
        "counts": [frame[name].value_counts().reindex(options, fill_value=0).tolist() for name in frame],
    }


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Time some work, after warming up on it."""
    work()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main(*sys.argv[1:])
