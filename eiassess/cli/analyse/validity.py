"""``eiassess analyse validity``: how well a score foretells a criterion."""

from collections.abc import Callable
from typing import Any

import click
import numpy as np

from eiassess.cli.analyse.options import Job, analysis, finite
from eiassess.cli.analyse.results import Result, attempt, finish
from eiassess.cli.analyse.tables import NUMBER, Array, open_table
from eiassess.cli.output import say
from eiassess.errors import InvalidInputError
from eiassess.psychometrics import (
    Correlation,
    criterion_correlation,
    expectancy_table,
    expected_expectancy,
    needed_n,
    thorndike_ii,
)

PLANNED = (0.20, 0.26, 0.30)
"""Correlations to plan a study for: what situational judgement tests reached."""


@analysis("validity")
@click.option("--score", required=True, metavar="COL", help="Column of scores.")
@click.option("--criterion", required=True, metavar="COL", help="Column of what the scores should foretell.")
@click.option("--applicant-sd", type=float, callback=finite, help="SD of the score among all applicants, documented.")
def command(job: Job, *, score: str, criterion: str, applicant_sd: float | None) -> None:
    """Correlate a score with a criterion, both columns of FILE; uncorrected first.

    With --applicant-sd, the correlation corrected for direct selection on this very score stands beside it
    (Thorndike's case II). Rows without both are left out.
    """
    where = job.destination()
    if applicant_sd is not None and applicant_sd <= 0:
        message = f"--applicant-sd {applicant_sd:g}: a standard deviation is above 0"
        raise InvalidInputError(message)
    source = open_table(job.file, job.written)
    table = source.read((((source.column(score)), source.column(criterion)), NUMBER))
    both = table.scores((score, criterion))
    finish(job, table, _result(both[~np.isnan(both).any(axis=1)], applicant_sd), where)


def _result(both: Array, applicant_sd: float | None) -> Result:
    scores, criterion = both.T
    found = criterion_correlation(scores, criterion)
    sd = float(scores.std(ddof=1))
    definition, success = _success(criterion)
    content = {
        "n_used": found.n,
        "r": found.r,
        "interval": found.interval,
        "score_sd": sd,
        "needed_n": _needed_n(found.r),
        "needed_n_by_r": {f"{r:.2f}": needed_n(r) for r in PLANNED},
        "range_restriction": None if applicant_sd is None else _corrected(found, applicant_sd, sd),
        "success": definition,
        "base_rate": float(success.mean()),
        "expectancy": attempt("expectancy", (), _expectancy(scores, success, found.r)) or [],
    }
    low, high = found.interval
    headline = f"r = {found.r:.2f} (95 % {low:.2f} to {high:.2f}), uncorrected, over {found.n} people."
    if applicant_sd is not None:
        say("range restriction: only if these people were selected on this very score, and the applicants' SD is known")
    return Result(headline, content)


def _needed_n(r: float) -> int | None:
    return needed_n(r) if 0 < abs(r) < 1 else None


def _corrected(found: Correlation, applicant_sd: float, sd: float) -> dict[str, Any]:
    u = applicant_sd / sd if sd > 0 else np.inf  # scores so near each other that their squares are 0
    return {
        "applicant_sd": applicant_sd,
        "u": u,
        "r": thorndike_ii(found.r, u),
        "interval": [thorndike_ii(end, u) for end in found.interval],
    }


def _success(criterion: Array) -> tuple[str, Array]:
    """Say what success is: 1 where the criterion is 1 or 0, else above the median."""
    if np.isin(criterion, (0, 1)).all():
        return "criterion is 1", criterion
    return f"criterion above its median, {np.median(criterion):g}", (criterion > np.median(criterion)).astype(float)


def _expectancy(scores: Array, success: Array, r: float) -> Callable[[], list[dict[str, Any]]]:
    def rows() -> list[dict[str, Any]]:
        base_rate = float(success.mean())
        modelled = expected_expectancy(r, base_rate) if 0 < base_rate < 1 else (None,) * 5
        return [
            {
                "fifth": place,
                "n": row.n,
                "successes": row.successes,
                "share": row.share,
                "interval": row.interval,
                "expected_share": share,
            }
            for place, (row, share) in enumerate(zip(expectancy_table(scores, success), modelled, strict=True), start=1)
        ]

    return rows
