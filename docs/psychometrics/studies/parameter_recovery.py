"""Study 4: how well the graded response and the generalized partial credit model find what made the data."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from docs.psychometrics.studies.figures import Axis, line_chart
from docs.psychometrics.studies.graded_answers import CATEGORIES, GRADED, PARTIAL_CREDIT, draw_items, draw_scores
from docs.psychometrics.studies.study import Row, Study, Tables, percent, replicates
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import GeneralizedPartialCreditModel, GradedResponseModel

Array = npt.NDArray[np.float64]
Generator = np.random.Generator

MODELS = {GRADED: GradedResponseModel, PARTIAL_CREDIT: GeneralizedPartialCreditModel}
ITEMS = 24
REPLICATES = {250: 200, 500: 200, 1000: 160, 5000: 60}
Z = 1.96
NEW_PEOPLE = 2_000
STANDINGS = ((-3.0, -1.5), (-1.5, -0.5), (-0.5, 0.5), (0.5, 1.5), (1.5, 3.0))


def run(seed: int, effort: float) -> Tables:
    """Calibrate samples of four sizes with both models, and score new people with each calibration."""
    generator = np.random.default_rng(seed)
    items: list[Row] = []
    people: list[Row] = []
    for model in MODELS:
        for n, full in REPLICATES.items():
            found = [_sample(generator, model, n) for _ in range(replicates(full, effort, 1))]
            items.append(_item_row(model, n, [sample[0] for sample in found], [sample[2] for sample in found]))
            people.append(_person_row(model, n, np.concatenate([sample[1] for sample in found])))
    return {"items": items, "people": people}


def _sample(generator: Generator, model: str, n: int) -> tuple[Array, Array, bool]:
    """Give true value, estimate and error of slopes (rows 0) and intercepts (1), the same of people, convergence."""
    true = draw_items(generator, model, ITEMS)
    calibration = MODELS[model]().fit(draw_scores(generator, true, generator.standard_normal(n)))
    whole = [item for item, d in enumerate(calibration.d) if d.size == CATEGORIES - 1]
    try:
        errors = calibration.standard_errors
        error_a, error_d = errors.a, errors.d
    except NotEstimableError:
        error_a, error_d = np.full(ITEMS, np.nan), tuple(np.full_like(d, np.nan) for d in calibration.d)
    slopes = np.column_stack([np.zeros(ITEMS), true.a, calibration.a, error_a])
    rest = [np.column_stack([np.ones(4), true.d[item], calibration.d[item], error_d[item]]) for item in whole]
    theta = generator.standard_normal(NEW_PEOPLE)
    scored = calibration.score(draw_scores(generator, true, theta))
    return (
        np.vstack([slopes, *rest]),
        np.column_stack([theta, scored.theta, scored.standard_error]),
        calibration.converged,
    )


def _item_row(model: str, n: int, samples: list[Array], converged: list[bool]) -> Row:
    values = np.vstack(samples)
    slopes, intercepts = values[values[:, 0] == 0], values[values[:, 0] == 1]
    return {
        "model": model,
        "N": n,
        "converged, %": percent(converged),
        **_recovered("a", slopes),
        **_recovered("d", intercepts),
        "correlation of a": round(float(np.mean([_r(sample[sample[:, 0] == 0]) for sample in samples])), 2),
    }


def _recovered(name: str, values: Array) -> Row:
    _, true, estimate, error = values.T
    off = estimate - true
    return {
        f"{name}: bias": round(float(off.mean()), 3) + 0.0,
        f"{name}: RMSE": round(float(np.sqrt(np.mean(off**2))), 3),
        f"{name}: ±1.96 SE covers, %": percent(np.where(np.isnan(error), np.nan, np.abs(off) <= Z * error)),
    }


def _r(slopes: Array) -> float:
    return float(np.corrcoef(slopes[:, 1], slopes[:, 2])[0, 1])


def _person_row(model: str, n: int, values: Array) -> Row:
    theta, estimate, error = values.T
    covered = np.abs(estimate - theta) <= Z * error
    row: Row = {
        "model": model,
        "calibrated on N": n,
        "RMSE of EAP": round(float(np.sqrt(np.mean((estimate - theta) ** 2))), 3),
        "mean SE": round(float(error.mean()), 3),
        "covers, %": percent(covered),
    }
    for low, high in STANDINGS:
        row[f"theta {low:g} to {high:g}, %"] = percent(covered[(theta >= low) & (theta < high)])
    return row


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw the error of slopes and intercepts along N."""
    lines = []
    for model in MODELS:
        for name, words in (("a", "slopes"), ("d", "intercepts")):
            points = [
                (float(str(row["N"])), float(str(row[f"{name}: RMSE"])))
                for row in tables["items"]
                if row["model"] == model
            ]
            lines.append((f"{model} {words}", points))
    return line_chart(
        "Error of item parameters by sample size",
        Axis(250, 5000, (250, 500, 1000, 5000), "persons in the calibration sample", logarithmic=True),
        Axis(0, 0.4, (0, 0.1, 0.2, 0.3, 0.4), "root mean squared error"),
        lines,
    )


STUDY = Study("parameter-recovery", 104, run, draw)
