"""The simulated scenario scores of tests/reference, and what R says of them."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent / "reference"
COMPETENCY = np.repeat(np.arange(8), 3)


@cache
def scenario_scores() -> np.ndarray:
    with (FOLDER / "scenario_scores.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    items = [f"s{number:02}" for number in range(1, 25)]
    return np.array([[np.nan if row[item] in {"", "NA"} else float(row[item]) for item in items] for row in rows])


@cache
def r_says() -> dict[str, Any]:
    return json.loads((FOLDER / "scenario_scores.reference.json").read_text(encoding="utf-8"))


@cache
def worked_examples() -> dict[str, Any]:
    return json.loads((FOLDER / "worked_examples.json").read_text(encoding="utf-8"))
