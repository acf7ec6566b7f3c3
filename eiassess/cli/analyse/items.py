"""``eiassess analyse items``: how the scenarios and options of a form work in the people who sat it."""

from collections.abc import Sequence
from typing import Any

from eiassess.banks.tables.csv_records import listed
from eiassess.cli.analyse.options import Job, analysis
from eiassess.cli.analyse.results import Result, finish
from eiassess.cli.analyse.samples import interval_of, open_form, read_answers, takes_form
from eiassess.cli.analyse.terminal import with_shown_scores
from eiassess.cli.output import say
from eiassess.cli.progress import working
from eiassess.scoring.samples.answers import house_sample_scores
from eiassess.scoring.samples.options import OptionFigures, OptionsOfScenario, option_figures
from eiassess.scoring.samples.scenarios import FormFigures, ScenarioFigures, figures_of_scores
from eiassess.scoring.samples.weak_scenarios import PEOPLE_FOR_VERDICTS

Cells = dict[str, Any]


@analysis("items", metavar="RESPONSES.csv")
@takes_form
def command(job: Job, *, form: str) -> None:
    """Say how each scenario of FORM, and each of its options, works in the people of RESPONSES.csv.

    Scores are on the house scale under the form's own key. Weak scenarios are named with the reasons from 30 people on
    who answered everything. Times are not in such a file.
    """
    where = job.destination()
    source = open_form(form)
    answers = read_answers(job, source.form)
    scores = house_sample_scores(source.form, source.loaded.key, answers.people)
    with working("looking at scenarios"):
        figures = figures_of_scores(source.form, answers.people, scores)
    options = []
    with working("looking at options, scenarios", len(source.form.scenarios)) as progress:
        for scenario in source.form.scenarios:
            options.append(option_figures(source.form, source.loaded.key, answers.people, scores, scenario))
            progress.step()
    for reason in dict.fromkeys([*figures.not_estimable, *(each for found in options for each in found.not_estimable)]):
        say(reason)
    content: Cells = {
        "form": source.form.id,
        "form_digest": source.form.digest,
        "key_digest": source.loaded.key.digest,
        **_form(figures),
        "scenarios": [_scenario(each) for each in figures.scenarios],
        "options": [cells for found in options for cells in _options(found)],
    }
    scores_shown = [with_shown_scores(cells, "mean") for cells in content["scenarios"]]
    in_table = {
        **with_shown_scores(_form(figures), "mean", "mean_interval"),
        "scenarios": [_narrow(cells) for cells in scores_shown],
        "options": [_narrow(cells) for cells in content["options"]],
    }
    finish(job, answers.table, Result(_headline(figures), content, in_table), where)


def _narrow(cells: Cells) -> Cells:
    """Keep what a terminal has room for; JSON and CSV have all."""
    wide = {"mean_interval", "alpha_without", "clear", "agreement_interval", "by_fifth"}
    kept = {name: value for name, value in cells.items() if name not in wide and not name.startswith("n_of_")}
    if "scenario" in kept:
        kept["id"] = f"{kept.pop('scenario')}.{kept['id']}"
    return kept


def _headline(figures: FormFigures) -> str:
    people = f"{figures.n_complete} people with a score for every scenario"
    if not figures.judged:
        return f"Nothing can be said of single scenarios: {people}; {PEOPLE_FOR_VERDICTS} are needed."
    weak = [each.id for each in figures.weak]
    found = f"{len(weak)} of {len(figures.scenarios)} scenarios {'is' if len(weak) == 1 else 'are'} weak"
    return f"{found}{': ' + listed(weak) if weak else ''}, over {people}. Have people read them; nothing is dropped."


def _form(figures: FormFigures) -> Cells:
    alpha = figures.alpha
    return {
        "n_people": figures.n_people,
        "n_scored": figures.n_scored,
        "n_complete": figures.n_complete,
        "mean": figures.overall and figures.overall.value,
        "mean_interval": interval_of(figures.overall),
        "sd": figures.overall_sd,
        "alpha": alpha and alpha.value,
        "alpha_interval": alpha and (alpha.lower, alpha.upper),
    }


def _scenario(figures: ScenarioFigures) -> Cells:
    return {
        "id": figures.id,
        "n": figures.mean.n if figures.mean else 0,
        "n_incomplete": figures.n_incomplete,
        "mean": figures.mean and figures.mean.value,
        "mean_interval": interval_of(figures.mean),
        "sd": figures.sd,
        "item_total": figures.item_total and figures.item_total.value,
        "item_total_interval": interval_of(figures.item_total),
        "alpha_without": figures.alpha_without,
        "weak": [reason.code for reason in figures.reasons],
        "clear": [reason.code for reason in figures.reasons if reason.is_clear],
    }


def _options(found: OptionsOfScenario) -> Sequence[Cells]:
    return [_option(found, each) for each in found.options]


def _option(found: OptionsOfScenario, figures: OptionFigures) -> Cells:
    return {
        "scenario": found.id,
        "id": figures.id,
        "key": figures.key,
        "n": figures.n,
        "n_missing": figures.n_missing,
        "mean": figures.mean and figures.mean.value,
        "mean_interval": interval_of(figures.mean),
        "sd": figures.sd,
        "agreement": figures.agreement and figures.agreement.value,
        "agreement_interval": interval_of(figures.agreement),
        **{f"n_of_{number}": count for number, count in zip(found.numbers, figures.counts, strict=True)},
        "by_fifth": figures.by_fifth or (None,) * 5,
    }
