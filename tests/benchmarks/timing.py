"""Measuring in turn: ours, the peer, ours, the peer; each in a process of its own, on one core, with one thread.

Seconds are processor seconds: on one core with one thread they are what the clock of a quiet machine would show, and a
busy machine does not distort them.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)


@dataclass(frozen=True)
class Turns:
    """What both sides said, turn by turn; a side's ``seconds`` are the median within its process."""

    ours: Sequence[dict[str, Any]]
    peer: Sequence[dict[str, Any]]

    @property
    def seconds(self) -> float:
        return statistics.median(turn["seconds"] for turn in self.ours)

    @property
    def peer_seconds(self) -> float:
        return statistics.median(turn["seconds"] for turn in self.peer)

    @property
    def ratios(self) -> list[float]:
        """How many times faster we were, in each turn."""
        return [peer["seconds"] / ours["seconds"] for ours, peer in zip(self.ours, self.peer, strict=True)]


def in_turn(ours: Sequence[object], peer: Sequence[object], turns: int) -> Turns:
    """Run two commands alternately."""
    said = [(run(ours), run(peer)) for _ in range(turns)]
    return Turns([first for first, _ in said], [second for _, second in said])


def run(command: Sequence[object]) -> dict[str, Any]:
    """Run a process on one core with one thread, and read the JSON that it prints."""
    core = {min(os.sched_getaffinity(0))}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=os.environ | ONE_THREAD,
        check=True,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, core),
    )
    return dict(json.loads(done.stdout))


def our_side(module: str, *words: object) -> list[object]:
    """Give the command that runs a benchmark's own side."""
    return [sys.executable, "-m", f"tests.benchmarks.{module}", *words]


def median_seconds(work: Callable[[], object], repeats: int) -> float:
    """Time some work, once for warming up and then a few times."""
    work()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def answer(**figures: object) -> None:
    """Print figures and the process's peak memory as JSON.

    The kernel's VmHWM is asked: ru_maxrss would begin with what the process that started this one held.
    """
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    sys.stdout.write(json.dumps({**figures, "peak_megabytes": kilobytes / 1024}))
