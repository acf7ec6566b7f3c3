"""Calibration and scoring against the PyPI package mirt, in turn on one core, in processes of their own.

``compare(peer_python)`` simulates 40 items with five categories, lets both fit the same data with 61 nodes, and gives
seconds, ratios and log-likelihoods. ``peer_python`` is the interpreter of an environment in which mirt is installed.
Seconds are processor seconds: on one core with one thread they are what a quiet machine's clock would show, and a
busy machine does not distort them. The fits leave out standard errors on both sides.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit, logsumexp

from eiassess.psychometrics import GeneralizedPartialCreditModel, GradedResponseModel, ItemParameters
from eiassess.psychometrics.irt.quadrature import standard_normal_quadrature

ITEMS, CATEGORIES, NODES, SEED = 40, 5, 61, 20260501
SIZES = (1_000, 10_000, 100_000)
MODELS = {"grm": GradedResponseModel, "gpcm": GeneralizedPartialCreditModel}
PEER_SCRIPT = Path(__file__).with_name("peer_mirt.py")
ROOT = Path(__file__).resolve().parents[2]
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)


@dataclass(frozen=True)
class Comparison:
    """One model at one sample size."""

    model: str
    persons: int
    seconds: float
    log_likelihood: float
    accurate_log_likelihood: float
    converged: bool
    iterations: int
    peak_megabytes: float
    scoring_seconds: float
    peer: str
    peer_seconds: float
    peer_log_likelihood: float
    peer_accurate_log_likelihood: float
    peer_converged: bool
    peer_iterations: int
    peer_scoring_seconds: float
    largest_eap_difference: float

    @property
    def ratio(self) -> float:
        """How many times faster the fit is."""
        return self.peer_seconds / self.seconds

    @property
    def gain(self) -> float:
        """By how much the log-likelihood is higher, both by the same accurate rule."""
        return self.accurate_log_likelihood - self.peer_accurate_log_likelihood

    @property
    def scoring_ratio(self) -> float:
        """How many times faster the EAP scores are."""
        return self.peer_scoring_seconds / self.scoring_seconds


def simulate(model: str, persons: int, seed: int = SEED) -> np.ndarray:
    """Simulate scores 0 to 4 on 40 items; theta ~ N(0, 1)."""
    random = np.random.default_rng(seed)
    a = random.lognormal(0.0, 0.3, ITEMS)
    spread = np.linspace(1.5, -1.5, CATEGORIES - 1) + random.normal(0.0, 0.7, (ITEMS, 1))
    spread += random.uniform(-0.3, 0.3, spread.shape)  # boundaries stay in order and every category is used
    theta = random.standard_normal((persons, 1))
    draw = random.random((persons, ITEMS))
    if model == "grm":
        return np.sum([draw < expit(a * theta + spread[:, k]) for k in range(CATEGORIES - 1)], axis=0)
    steps = np.cumsum(spread, axis=1)
    logs = np.stack([(k + 1) * 0.7 * a * theta + steps[:, k] for k in range(CATEGORIES - 1)])
    odds = np.concatenate([np.ones((1, persons, ITEMS)), np.exp(logs)])
    below = np.cumsum(odds, axis=0) / odds.sum(axis=0)
    return np.sum(draw > below[:-1], axis=0)


def compare(
    peer_python: Path,
    sizes: Iterable[int] = SIZES,
    models: Iterable[str] = tuple(MODELS),
    accelerate: str = "squarem",
) -> list[Comparison]:
    """Run both on the same data, one after the other, and print a line for each model and size.

    ``accelerate`` is mirt's option: "squarem", its faster one, or "none", its default.
    """
    return [_compared(peer_python, model, persons, accelerate) for model in models for persons in sizes]


def _compared(peer_python: Path, model: str, persons: int, accelerate: str) -> Comparison:
    repeats = 5 if persons <= 10_000 else 3
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "scores.npy")
        np.save(data, simulate(model, persons))
        ours = _run([sys.executable, "-m", "tests.benchmarks.irt"], model, data, repeats)
        peer = _run([str(peer_python), str(PEER_SCRIPT)], model, data, 1 if persons > 10_000 else 2, accelerate)
        fitted = dict(np.load(f"{data}.ours.npz"))
        theirs = dict(np.load(f"{data}.peer.npz"))
        difference = np.abs(fitted["theta"] - theirs["theta"]).max()
        scores = np.load(data)
        ours["accurate_log_likelihood"] = _accurate(model, scores, fitted["a"], fitted["d"])
        peer["accurate_log_likelihood"] = _accurate(model, scores, theirs["a"], theirs["d"])
    result = Comparison(
        model=model,
        persons=persons,
        **ours,
        **{f"peer_{key}": value for key, value in peer.items() if key != "name"},
        peer=f"{peer['name']} ({accelerate})",
        largest_eap_difference=float(difference),
    )
    sys.stdout.write(_line(result) + "\n")
    sys.stdout.flush()
    return result


def _accurate(model: str, scores: np.ndarray, a: np.ndarray, d: np.ndarray) -> float:
    """Log-likelihood of parameters by 241 equally spaced nodes.

    mirt's own figure comes from 61 Gauss-Hermite nodes, which lie .4 apart where the persons are: at N = 10,000 it is
    off by .06. Only figures by one rule that is finer than either can be compared to a hundredth.
    """
    rule = standard_normal_quadrature(241)
    family = MODELS[model].family
    parameters = ItemParameters(family, a, d, np.full(ITEMS, CATEGORIES))
    total = 0.0
    for start in range(0, len(scores), 1000):
        logs = np.log(parameters.probabilities(rule.nodes))
        part = scores[start : start + 1000]
        joint = sum((logs[item, part[:, item]] for item in range(ITEMS)), np.log(rule.weights))
        total += float(logsumexp(joint, axis=1).sum())
    return total


def _run(command: list[str], *arguments: object) -> dict[str, Any]:
    """Run a process with one thread on the core that this one runs on, and read the JSON that it prints."""
    core = {min(os.sched_getaffinity(0))}
    done = subprocess.run(
        [*command, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | ONE_THREAD,
        check=True,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, core),
    )
    return dict(json.loads(done.stdout))


def _line(result: Comparison) -> str:
    return (
        f"{result.model:5}{result.persons:>8,} fit {result.seconds:7.3f} s, {result.peer} {result.peer_seconds:6.2f} s:"
        f" {result.ratio:6.1f} x;  log-likelihood {result.gain:+.4f}"
        f" (each by its own nodes {result.log_likelihood - result.peer_log_likelihood:+.3f});"
        f"  EAP {result.scoring_seconds:.4f} s, {result.peer_scoring_seconds:.4f} s: {result.scoring_ratio:4.1f} x"
        f" (largest difference {result.largest_eap_difference:.4f});  {result.peak_megabytes:.0f} MB"
    )


def _measure(model: str, data: str, repeats: str) -> None:
    """Fit and score here, the best of a few times, and print the figures as JSON."""
    scores = np.load(data)
    MODELS[model]().fit(scores[:1000])  # import and warm up
    fits, scorings = [], []
    for _ in range(int(repeats)):
        start = time.process_time()
        calibration = MODELS[model](nodes=NODES).fit(scores)
        middle = time.process_time()
        estimates = calibration.score(scores)
        scorings.append(time.process_time() - middle)
        fits.append(middle - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    np.savez(f"{data}.ours.npz", theta=estimates.theta, a=calibration.a, d=calibration.parameters.intercepts)
    figures = {
        "seconds": min(fits),
        "scoring_seconds": min(scorings),
        "log_likelihood": calibration.log_likelihood,
        "converged": calibration.converged,
        "iterations": calibration.iterations,
        "peak_megabytes": peak,
    }
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    _measure(*sys.argv[1:])
