"""The studies of docs/psychometrics: what the README names is there, as the scripts made it, and can be made again."""

import csv
import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from docs.psychometrics.studies.batch_scoring import largest_gap
from docs.psychometrics.studies.coaching import EDITIONS
from docs.psychometrics.studies.figures import Axis, dot_chart, line_chart
from docs.psychometrics.studies.pages import FOLDER, figure_path, filled_page, page_path, read_tables, results_path
from docs.psychometrics.studies.population import PINNED_FORM, PINNED_KEY, shipped_plan
from docs.psychometrics.studies.registry import STUDIES
from docs.psychometrics.studies.rule_check import largest_gap_of_a_page
from docs.psychometrics.studies.shipped_forms import digest_of_inputs, inputs_of, plan_of
from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.scoring.simulating import simulate_people

README = (FOLDER / "README.md").read_text(encoding="utf-8")
TINY = 0.01


def test_the_readme_names_every_study_and_no_other() -> None:
    assert re.findall(r"^\| \[([a-z-]+)\]\(\1\.md\)", README, flags=re.MULTILINE) == list(STUDIES)


def test_studies_are_of_the_form_that_ships() -> None:
    """After an edit of the form: ``python -m docs.psychometrics.studies --pin``, and the pages' words follow."""
    shipped = load_form("standard-a", (data_folder("question_banks"),))
    assert (PINNED_FORM.read_text(encoding="utf-8"), PINNED_KEY.read_text(encoding="utf-8")) == (
        shipped.form_json,
        shipped.key_json,
    )


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_was_run_on_its_layout_and_values(name: str) -> None:
    """Of words a study takes none, but coaching: an edit of words alone leaves the numbers as they were."""
    assert json.loads(results_path(name).read_text(encoding="utf-8"))["inputs"] == digest_of_inputs()


def test_the_digest_of_inputs_tells_forms_apart_by_more_than_words() -> None:
    plan = shipped_plan()
    reworded = replace(plan, form=replace(plan.form, title="Other words"))
    moved = replace(plan, key_values=plan.key_values[::-1].copy())
    assert inputs_of(reworded) == inputs_of(plan) != inputs_of(moved)


@pytest.mark.parametrize("name", ["standard-a", "standard-b"])
def test_coaching_is_of_the_texts_and_values_that_ship(name: str) -> None:
    plan = plan_of(name)
    shipped = {
        (each.id, option.id): (option.text, plan.key.credits[each.id][option.id].value)
        for each in plan.form.scenarios
        for option in each.options
    }
    with (FOLDER / "cover-test" / "options" / f"{EDITIONS['second']}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["form"] == name]
    assert {(row["scenario"], row["option"]): (row["text"], float(row["value"])) for row in rows} == shipped


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_has_its_results_figure_and_page(name: str) -> None:
    results = json.loads(results_path(name).read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert (results["study"], results["seed"]) == (name, STUDIES[name].seed)
    page = page_path(name).read_text(encoding="utf-8")
    assert f"](figures/{name}.svg)" in page
    assert filled_page(page, read_tables(name)) == page, "python -m docs.psychometrics.studies --pages sets the tables"
    assert (
        page.count("<!-- table:") == len(re.findall(r"^\| -", page, flags=re.MULTILINE)) == page.count("<!-- end -->")
    )


@pytest.mark.parametrize("name", STUDIES)
def test_a_figure_is_what_its_results_give(name: str) -> None:
    drawn = str(STUDIES[name].draw(read_tables(name)))
    assert figure_path(name).read_text(encoding="utf-8") == f"{drawn}\n"
    assert ET.fromstring(drawn).tag.endswith("svg")  # noqa: S314 - our own file


@pytest.mark.parametrize("name", STUDIES)
def test_a_tiny_run_gives_the_same_tables(name: str) -> None:
    study = STUDIES[name]
    tables, kept = study.run(study.seed, TINY), read_tables(name)
    assert {table: list(rows[0]) for table, rows in tables.items()} == {
        table: list(rows[0]) for table, rows in kept.items()
    }
    assert study.draw(tables).startswith("<svg")
    assert study.run(study.seed, TINY) == tables


def test_the_vectorised_scoring_is_the_engine() -> None:
    people = simulate_people(shipped_plan(), 10, 3, random=0.2)
    assert largest_gap(people.ratings.astype(np.float64)) < 1e-9


def test_the_rule_for_many_openings_is_the_product_s() -> None:
    assert largest_gap_of_a_page(n=24, k=4) < 1e-9


def test_charts_cut_at_the_ends_and_leave_out_what_is_not_known() -> None:
    dots = dot_chart("t", Axis(0, 10, (0, 10), "x"), ("a", "b"), [("row", [12.0, None])], band=(4, 6), level=5)
    assert dots.count("<circle") == 3  # one value, two in the legend
    lines = line_chart(
        "t", Axis(1, 100, (1, 100), "n", logarithmic=True), Axis(0, 1, (0, 1), "y"), [("a", [(10, 0.5)])]
    )
    assert lines.count("<path") == 1
