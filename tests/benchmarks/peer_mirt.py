"""Run by the peers' interpreter: fit and score with the PyPI package mirt, and print the figures as JSON."""

import json
import sys
import time
from importlib.metadata import version

import mirt
import numpy as np

NODES = 61


def main(model: str, data: str, repeats: str, accelerate: str) -> None:
    """Fit and score, the best of a few times."""
    scores = np.load(data)
    mirt.fit_mirt(scores[:300], model.upper(), n_quadpts=NODES, max_iter=3, compute_standard_errors=False)  # warm up
    fits, scorings = [], []
    for _ in range(int(repeats)):
        start = time.process_time()
        result = mirt.fit_mirt(
            scores, model.upper(), n_quadpts=NODES, compute_standard_errors=False, accelerate=accelerate
        )
        fits.append(time.process_time() - start)
        for _ in range(3):
            start = time.process_time()
            estimates = mirt.fscores(result, scores, method="EAP", n_quadpts=NODES)
            scorings.append(time.process_time() - start)
    a, d = _slopes_and_intercepts(model, result.model.parameters)
    np.savez(f"{data}.peer.npz", theta=np.asarray(estimates.theta).ravel(), a=a, d=d)
    figures = {
        "name": f"mirt {version('mirt')}",
        "seconds": min(fits),
        "scoring_seconds": min(scorings),
        "log_likelihood": float(result.log_likelihood),
        "converged": bool(result.converged),
        "iterations": int(result.n_iterations),
    }
    sys.stdout.write(json.dumps(figures))


def _slopes_and_intercepts(model: str, parameters: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Turn mirt's difficulties into intercepts: a theta + d."""
    a = np.ravel(parameters["discrimination"])
    if model == "grm":
        return a, -a[:, None] * parameters["thresholds"]
    return a, np.cumsum(-a[:, None] * parameters["steps"], axis=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
