"""The indices of careless answers: their values, their rules, and whom they flag."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from eiassess.cli.analyse.results import with_names
from eiassess.cli.analyse.tables import Array
from eiassess.cli.output import say
from eiassess.cli.progress import working
from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics import (
    MISFIT_95,
    GradedResponseModel,
    extreme_against_norm,
    graded_lz_star,
    mahalanobis_distance,
    omissions,
    page_time,
    silent_items,
    within_person_sd,
)

Flags = npt.NDArray[np.bool_]

FEWEST_COLUMNS = 3
"""With fewer columns that tell people apart there is no calibration, which then says why."""
LARGEST_SHARE_LEFT_OUT = 0.20
"""Who left out more is not scored on the whole."""


@dataclass(frozen=True)
class Index:
    """One index of careless answers.

    Parameters
    ----------
    name, rule
        What it is called, and whom it flags, in words.
    flags
        Shape (people,).
    values
        Its figures by name, shape (people,) each; NaN where a person has none.
    cut
        The number that the rule compares with, where there is one.
    problem
        Why it could not be computed; then nobody is flagged.
    """

    name: str
    rule: str
    flags: Flags
    values: dict[str, Array] = field(default_factory=dict)
    cut: float | None = None
    problem: str | None = None


def page_index(seconds: Array, n_options: Array | float, exempt: Flags) -> Index:
    """Look for pages sent faster than anybody reads; nobody with extra time is flagged."""
    medians = np.array([np.median(page[~np.isnan(page)]) if not np.isnan(page).all() else np.nan for page in seconds.T])
    times = page_time(seconds, n_options, medians)
    timed = times.n_timed > 0
    return Index(
        "fast_pages",
        "more than 10 % of the timed pages faster than 2 s an option or a tenth of the page's median",
        times.is_flagged & ~exempt,
        {
            "fast_pages": np.where(timed, times.n_fast, np.nan),
            "timed_pages": times.n_timed.astype(np.float64),
        },
        cut=0.10,
    )


def profile_indices(scores: Array, names: Sequence[str]) -> tuple[Index, ...]:
    """Take the indices that need nothing but the answers."""
    return _mahalanobis(scores, names), _person_fit(scores, names), _left_out(scores), _extreme_profile(scores)


def _mahalanobis(scores: Array, names: Sequence[str]) -> Index:
    name, rule = "mahalanobis", "squared Mahalanobis distance beyond the chi-square quantile at .001"
    try:
        found = mahalanobis_distance(scores)
    except NotEstimableError as error:
        return _not_computed(name, rule, scores, with_names(str(error), names))
    return Index(name, rule, found.is_flagged, {name: found.squared_distance}, found.cut)


def _person_fit(scores: Array, names: Sequence[str]) -> Index:
    """Give lz* under a graded response model of the file itself, of the columns that tell people apart."""
    name, rule = "lz_star", f"lz* of a graded response model below {MISFIT_95}"
    silent = silent_items(scores)
    telling = [place for place in range(len(names)) if place not in silent]
    if len(telling) >= FEWEST_COLUMNS:
        scores, names = scores[:, telling], [names[place] for place in telling]
    try:
        with working(f"calibrating {len(names)} columns for lz*"):
            calibration = GradedResponseModel().fit(scores)
    except (NotEstimableError, InvalidInputError) as error:
        return _not_computed(name, rule, scores, with_names(str(error), names))
    levels = np.where(np.isnan(scores), 0, scores - calibration.scale.lowest).astype(np.intp)
    categories = calibration.categories.of_level[np.arange(len(names)), levels]
    most = max(d.size for d in calibration.d)
    intercepts = np.array([np.pad(d, (0, most - d.size), constant_values=np.nan) for d in calibration.d])
    found = graded_lz_star(np.where(np.isnan(scores), np.nan, categories), calibration.a, intercepts)
    return Index(name, rule, found < MISFIT_95, {name: found}, MISFIT_95)


def _left_out(scores: Array) -> Index:
    share = omissions(scores)
    rule = f"more than {100 * LARGEST_SHARE_LEFT_OUT:.0f} % of the columns left out"
    return Index("omissions", rule, share > LARGEST_SHARE_LEFT_OUT, {"omissions": share}, LARGEST_SHARE_LEFT_OUT)


def _extreme_profile(scores: Array) -> Index:
    """Look at mean and spread of a person's answers beside those of the others in the file."""
    name, rule = "extreme_profile", "mean or standard deviation of the answers outside the file's middle 99 %"
    answered = (~np.isnan(scores)).sum(axis=1)
    elevation = np.where(answered > 0, np.nansum(scores, axis=1) / np.maximum(answered, 1), np.nan)
    values = {"elevation": elevation, "scatter": within_person_sd(scores)}
    try:
        flags = np.any([extreme_against_norm(each, each) for each in values.values()], axis=0)
    except NotEstimableError as error:
        return _not_computed(name, rule, scores, str(error), values)
    return Index(name, rule, flags, values)


def _not_computed(name: str, rule: str, scores: Array, problem: str, values: dict[str, Array] | None = None) -> Index:
    say(f"{name}: not estimable: {problem}")
    nothing = {name: np.full(len(scores), np.nan)}
    return Index(name, rule, np.zeros(len(scores), dtype=np.bool_), values or nothing, problem=problem)
