"""Whether drawn intervals of weighted scores hold the truth, and two people who are alike are left alone.

A research note of its own, beside the registered studies: ``python -m docs.psychometrics.studies.weighted_coverage``
prints the table that stands in docs/psychometrics/weighted-scores.md. People answer by `other_people`, which is not the
product's simulation. A true weighted score is the mean over new sittings of the same person.
"""

import sys
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from docs.psychometrics.studies.other_people import MODERATE, STRONG, Form, Group, World, sit
from docs.psychometrics.studies.shipped_forms import AREAS, area_of_scenarios, columns_of, plan_of
from eiassess import psychometrics
from eiassess.psychometrics import Measured

Array = npt.NDArray[np.float64]

SEED = 20261129
PEOPLE, NEW_SITTINGS = 39, 100
NOISE = (0.1, 0.45)
"""Mean and SD of the logarithm of people's noise."""
ALL = (*AREAS["emotional-intelligence-in-service"], *AREAS["service-judgement"])
WEIGHTS: dict[str, dict[str, int]] = {
    "all the same": dict.fromkeys(ALL, 1),
    "the demo's job": {
        "managing-emotions": 3,
        "recovery": 3,
        "keeping-composure": 2,
        "listening-with-compassion": 2,
        "speaking-up": 1,
        "adapting-to-style": 1,
    },
    "two count, 3 and 1": {"managing-emotions": 3, "recovery": 1},
    "one counts": {"recovery": 3},
}


def weighted_z(columns: psychometrics.FormColumns, ratings: Array, weights: Array) -> tuple[Array, Array, Array]:
    """Give z, q and the weights of the scenarios that are left, of people one a row."""
    shape = (len(ratings), columns.competency.size)
    sheets = psychometrics.AnswerSheets(columns, ratings, np.zeros(shape), np.ones(shape, dtype=np.bool_))
    chosen = psychometrics.weighted_sheets(sheets, weights)
    r, without = psychometrics.agreement_leaving_out(chosen)
    of_competency = chosen.columns.of_competency
    q = psychometrics.scenario_pull(psychometrics.fisher_z(without), of_competency, chosen.counted)
    return psychometrics.fisher_z(r), q, of_competency


def opening(generator: np.random.Generator, form: Form, world: World, weights: Array) -> tuple[Array, ...]:
    """Draw an opening of 39: whom the interval holds, misses above and below, its width, and whether two are called."""
    # the first two are alike: the same noise, and the same use of the scale
    noise = NOISE[0] + NOISE[1] * generator.standard_normal(PEOPLE)
    noise[1] = noise[0]
    style, kind = generator.choice(5, size=PEOPLE, p=(0.5, 0.125, 0.125, 0.125, 0.125)), np.zeros(PEOPLE, dtype=int)
    style[1] = style[0]
    ratings = sit(generator, form, Group(noise, style, kind), world, 1).ratings
    z, q, of_competency = weighted_z(form.columns, ratings, weights)
    left = weights[weights > 0]
    v, d = psychometrics.weighted_leaving_out_variance(q, of_competency, left)
    known = ~np.isnan(v) & ~np.isnan(z)
    intervals = psychometrics.variance_prior(v[known], d[known])
    low, high = psychometrics.drawn_interval(Measured(z, intervals.variance(v, d), intervals.d0 + d))
    centred = psychometrics.centred_pull(q, q[known].mean(axis=0), of_competency, known, int(known.sum()))
    own, df = psychometrics.weighted_leaving_out_variance(centred, of_competency, left)
    tests = psychometrics.variance_prior(own[known], df[known])
    shrunk = tests.variance(own, df)
    again = np.repeat(np.arange(PEOPLE), NEW_SITTINGS)
    # each new sitting in a world of its own: what all misperceive is drawn anew, as another form would
    new = sit(generator, form, Group(noise[again], style[again], kind[again]), world, PEOPLE * NEW_SITTINGS).ratings
    r_new = np.tanh(weighted_z(form.columns, new, weights)[0]).reshape(PEOPLE, NEW_SITTINGS)
    truth = 50 * (1 + np.nanmean(r_new, axis=1))
    gap = psychometrics.score_gap(
        float(np.nanmedian(50 + 50 * np.tanh(z))), float(np.median(shrunk[known])), tests.d0 + df[0]
    )
    both = known[0] and known[1]
    score = 50 * (1 + np.tanh(z))
    called = np.array([float(abs(score[0] - score[1]) >= gap)]) if both else np.array([])
    return (
        ((low <= truth) & (truth <= high))[known].astype(float),
        (truth < low)[known].astype(float),
        (truth > high)[known].astype(float),
        (high - low)[known],
        called,
        np.array([gap]),
        np.array([np.nanmedian(score)]),
        (~known).astype(float),
    )


def cells(n: int) -> Iterator[str]:
    """Say each cell as a row of a table; coverage's simulation error is over openings, whose people share an error."""
    for name in ("standard-a", "screening"):
        columns = columns_of(name)
        form = Form(columns, area_of_scenarios(name, columns)[:, 0] > 0)
        for world in (MODERATE, STRONG):
            for title, chosen in WEIGHTS.items():
                named = [float(chosen.get(each, 0)) for each in plan_of(name).competencies]
                weights = np.array(named)[columns.competency]
                generator = np.random.default_rng([SEED, len(name), len(world.name), sum(map(ord, title))])
                found = [opening(generator, form, world, weights) for _ in range(n)]
                covers = np.array([each[0].mean() for each in found])
                below, above, widths, called, gaps, middle, unknown = (
                    np.concatenate([each[place] for each in found]) for place in range(1, 8)
                )
                share = called.mean()
                yield (
                    f"| {name} | {world.name} | {title} | {np.median(middle):.0f} | {100 * covers.mean():.1f} | "
                    f"{100 * covers.std(ddof=1) / np.sqrt(n):.1f} | "
                    f"{100 * below.mean():.1f} | {100 * above.mean():.1f} | "
                    f"{np.median(widths):.1f} | {np.median(gaps):.1f} | {100 * share:.1f} | "
                    f"{100 * np.sqrt(share * (1 - share) / called.size):.1f} | {100 * unknown.mean():.1f} |"
                )


if __name__ == "__main__":
    for row in cells(int(sys.argv[1]) if len(sys.argv) > 1 else 300):
        sys.stdout.write(row + "\n")
        sys.stdout.flush()
