"""Study 2: how often a person's 95 % intervals cover the person's true score, for two meanings of true."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from docs.psychometrics.studies.batch_scoring import BatchScores, score_batch
from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.population import (
    DEPENDENCES,
    Array,
    Dependence,
    Generator,
    Labels,
    Layout,
    draw_keys,
    draw_people,
    key_in_deviations,
    rate,
    scenario_effects,
    shipped_layout,
    shipped_plan,
    uniform_layout,
    universe_deviations,
)
from docs.psychometrics.studies.study import Row, Study, Tables, number, percent, replicates
from eiassess.psychometrics import coefficient_alpha

PEOPLE = 400
TIMES = 500
SAME, NEW = "same scenarios rated afresh", "new scenarios of the same kind"
SAMPLE = 5_000


@dataclass(frozen=True)
class _Design:
    """One form, and how the true score is meant."""

    form: str
    layout: Layout
    truth: str
    dependence: Dependence


@dataclass(frozen=True, eq=False)
class _Coverage:
    """Whether each interval covered: shape (people, times) or (people, times, parts); and the errors' ratio."""

    overall: Array
    competencies: Array
    styles: Array
    error_ratio: Array
    third: Labels


def run(seed: int, effort: float) -> Tables:
    """Cover the true scores of simulated people on the shipped form and on others as long or shorter."""
    generator = np.random.default_rng(seed)
    shipped, one = shipped_layout(), uniform_layout(8, 3)
    form = f"shipped, {shipped.n_scenarios} scenarios, 2 formats"
    designs = [
        *(_Design(form, shipped, SAME, each) for each in DEPENDENCES),
        *(_Design(form, shipped, NEW, each) for each in DEPENDENCES),
        _Design("24 scenarios, 1 format", one, NEW, DEPENDENCES[0]),
        _Design("24 scenarios, 1 format", one, NEW, DEPENDENCES[1]),
        _Design("16 scenarios, 1 format", uniform_layout(8, 2), NEW, DEPENDENCES[1]),
        *(_Design("16 scenarios, 2 formats", _two_formats(2), NEW, each) for each in DEPENDENCES),
    ]
    people, times = replicates(PEOPLE, effort, 10), replicates(TIMES, effort, 10)
    found = [(design, _coverage(generator, design, people, times)) for design in designs]
    return {
        "dependence": [_dependence(generator, each, replicates(SAMPLE, effort, 100)) for each in DEPENDENCES],
        "coverage": [_row(design, coverage) for design, coverage in found],
        "competencies": _by_competency(found),
        "thirds": [_thirds(design, coverage) for design, coverage in found if design.form.startswith("shipped")],
    }


def _dependence(generator: Generator, dependence: Dependence, n: int) -> Row:
    """Say what a degree of dependence means for a sample: many people who answer the shipped form once."""
    layout, keys = shipped_layout(), shipped_plan().key_values
    people = draw_people(generator, n, layout.n_competencies)
    effects = scenario_effects(generator, dependence, 1, n, layout)
    ratings = rate(generator, layout, people, key_in_deviations(keys, layout), effects, dependence.options)
    scores = score_batch(layout, keys, ratings)
    return {
        "dependence": dependence.name,
        "person by scenario, SD of atanh accuracy": dependence.person,
        "scenario, SD": dependence.scenario,
        "correlation of the noise of two options": dependence.options,
        "mean overall score": round(float(np.nanmean(scores.overall)), 1),
        "SD": round(float(np.nanstd(scores.overall)), 1),
        f"alpha of the {layout.n_scenarios} scenarios": round(
            coefficient_alpha(100 - 50 * scores.d / scores.e).value, 2
        ),
    }


def _two_formats(scenarios_each: int) -> Layout:
    """Lay out 8 competencies, one of them in the format of rated emotions."""
    competency = np.arange(8 * scenarios_each) % 8
    options = np.where(competency == 0, 5, 4)
    scenario = np.repeat(np.arange(competency.size), options)
    return Layout(scenario, (competency[scenario] == 0).astype(np.intp), competency, {})


def _coverage(generator: Generator, design: _Design, n: int, times: int) -> _Coverage:
    layout = design.layout
    people = draw_people(generator, n, layout.n_competencies)
    many = people.repeated(times)
    if design.truth == SAME:
        keys = shipped_plan().key_values
        effects = scenario_effects(generator, design.dependence, 1, n, layout).repeat(times, axis=0)
        key_z = key_in_deviations(keys, layout)
    else:
        keys = draw_keys(generator, layout, n * times)
        effects = scenario_effects(generator, design.dependence, n * times, n * times, layout)
        key_z = universe_deviations(keys, layout)
    ratings = rate(generator, layout, many, key_z, effects, design.dependence.options)
    return _covered(score_batch(layout, keys, ratings), n, times)


def _covered(scores: BatchScores, n: int, times: int) -> _Coverage:
    """Ask how often intervals hold the true score: the mean over all of a person's repetitions."""
    by_person = (n, times, -1)
    overall = scores.overall.reshape(n, times)
    truth = np.nanmean(overall, axis=1, keepdims=True)
    low, high = scores.overall_low.reshape(n, times), scores.overall_high.reshape(n, times)
    inside = []
    for part, sem in ((scores.competencies, scores.competency_sem), (scores.styles, scores.style_sem)):
        own, error = part.reshape(by_person), sem.reshape(by_person)
        off = np.abs(own - np.nanmean(own, axis=1, keepdims=True))
        inside.append(np.where(np.isnan(off), np.nan, off <= scores.half_width * error))
    mean_square = np.nanmean(scores.overall_sem.reshape(n, times) ** 2, axis=1)
    error_ratio = np.sqrt(mean_square) / np.nanstd(overall, axis=1, ddof=1)
    return _Coverage(
        overall=np.where(np.isnan(overall), np.nan, (low <= truth) & (truth <= high)),
        competencies=inside[0],
        styles=inside[1],
        error_ratio=error_ratio,
        third=np.argsort(np.argsort(truth[:, 0])) * 3 // n,
    )


def _row(design: _Design, coverage: _Coverage) -> Row:
    competencies = 100 * np.nanmean(coverage.competencies, axis=(0, 1))
    styles = 100 * np.nanmean(coverage.styles, axis=(0, 1)) if coverage.styles.shape[2] else None
    return {
        "form": design.form,
        "true score over": design.truth,
        "dependence within scenarios": design.dependence.name,
        "overall, %": percent(coverage.overall),
        "competencies, %": round(float(competencies.mean()), 1),
        "lowest and highest competency": f"{competencies.min():.1f} to {competencies.max():.1f}",
        "styles, %": None if styles is None else round(float(styles.mean()), 1),
        "SEM / true error": round(float(np.median(coverage.error_ratio)), 2),
    }


def _by_competency(found: list[tuple[_Design, _Coverage]]) -> list[Row]:
    names = list(shipped_plan().competencies)
    rows: list[Row] = []
    for number_, name in enumerate(names):
        row: Row = {"competency of the shipped form": name.replace("-", " ")}
        for design, coverage in found:
            if design.form.startswith("shipped"):
                column = f"{'same' if design.truth == SAME else 'new'}, {design.dependence.name}"
                row[column] = percent(coverage.competencies[:, :, number_])
        rows.append(row)
    return rows


def _thirds(design: _Design, coverage: _Coverage) -> Row:
    thirds = [percent(coverage.overall[coverage.third == third]) for third in range(3)]
    parts = [percent(coverage.competencies[coverage.third == third]) for third in range(3)]
    return {
        "true score over": design.truth,
        "dependence": design.dependence.name,
        **{
            f"overall, {name} third, %": value
            for name, value in zip(("lowest", "middle", "highest"), thirds, strict=True)
        },
        **{
            f"competencies, {name}, %": value
            for name, value in zip(("lowest", "middle", "highest"), parts, strict=True)
        },
    }


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw the coverage of the overall and of the competencies' intervals."""
    rows = []
    for row in tables["coverage"]:
        form = str(row["form"]).replace(" scenarios", "").replace(" formats", "f").replace(" format", "f")
        truth = "same" if row["true score over"] == SAME else "new"
        label = f"{form}; {truth}, {row['dependence within scenarios']}"
        ends = [float(end) for end in str(row["lowest and highest competency"]).split(" to ")]
        rows.append((label, [number(row, "overall, %"), number(row, "competencies, %"), *ends]))
    return dot_chart(
        "Coverage of a person's 95 % intervals",
        Axis(84, 100, (84, 88, 92, 95, 100), "covered, %"),
        ("overall", "mean of competencies", "lowest competency", "highest competency"),
        rows,
        band=(93, 97),
        level=95,
    )


STUDY = Study("score-intervals", 102, run, draw)
