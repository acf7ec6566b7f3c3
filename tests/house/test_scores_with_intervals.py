"""No score without its interval: whoever writes the one writes the other, in templates and in code."""

import ast
import re
from pathlib import Path

import html5lib
import pytest

from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
from eiassess.reporting.setting.renderer import hiring_report_html
from tests.scores_with_intervals import bare_scores

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(path for folder in ("templates", "reports") for path in (ROOT / folder).rglob("*.html"))
MODULES = sorted((ROOT / "eiassess").rglob("*.py"))
OUTPUT = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
WITHOUT = {
    "eiassess/domain/shown_scores.py": "where both are written",
    "eiassess/reporting/charts/interval.py::_value": "the number stands beside the interval that is drawn",
    "eiassess/web/analyst/presenters/words.py::score": "means over many people, with their own columns of intervals",
    "eiassess/web/recruiter/openings/sentences.py::band_heading": "where a band of the list begins: nobody's score",
}


def scores_alone(template: str) -> list[str]:
    """Every ``{{ x.score }}`` that is not followed by ``{{ x.interval }}`` of the same x."""
    outputs = OUTPUT.findall(template)
    alone = []
    for place, words in enumerate(outputs):
        found = re.fullmatch(r"([\w.]+)\.score", words)
        if re.search(r"\.score\b", words) and not found:
            alone.append(words)
        if found and f"{found[1]}.interval" not in outputs[place + 1 : place + 2]:
            alone.append(words)
    return alone


def written_alone(source: str) -> list[str]:
    """Every function that writes a score and no interval."""
    functions = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef)]
    return [each.name for each in functions if _writes_score(each) and not _writes_interval(each)]


def _calls(function: ast.FunctionDef) -> set[str]:
    calls = [each.func for each in ast.walk(function) if isinstance(each, ast.Call)]
    return {each.id for each in calls if isinstance(each, ast.Name)}


def _writes_score(function: ast.FunctionDef) -> bool:
    formats = [each for each in ast.walk(function) if isinstance(each, ast.FormattedValue) and _is_score(each.value)]
    return "shown_score" in _calls(function) or bool(formats)


def _writes_interval(function: ast.FunctionDef) -> bool:
    formats = [each for each in ast.walk(function) if isinstance(each, ast.FormattedValue)]
    ends = [ast.unparse(each.value) for each in formats]
    return "shown_interval" in _calls(function) or any(each.endswith(".interval.low") for each in ends)


def _is_score(value: ast.expr) -> bool:
    """Whether a score is formatted as it is, or cut by min and max."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in {"min", "max", "round"}:
        return any(_is_score(each) for each in value.args)
    return isinstance(value, ast.Attribute) and value.attr == "score"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_put_the_interval_after_the_score(path: Path) -> None:
    assert scores_alone(path.read_text(encoding="utf-8")) == []


def test_whoever_writes_a_score_writes_its_interval() -> None:
    found = []
    for path in MODULES:
        name = str(path.relative_to(ROOT))
        if name not in WITHOUT:
            found += [f"{name}::{function}" for function in written_alone(path.read_text(encoding="utf-8"))]
    assert set(found) <= set(WITHOUT)


def test_the_report_on_paper_has_none_alone() -> None:
    page = html5lib.parse(hiring_report_html(sample_hiring_report()))
    assert bare_scores(page) == []


@pytest.mark.parametrize(
    ("template", "alone"),
    [
        ("<td>{{ line.score }}</td><td>{{ line.interval }}</td>", []),
        ("<b>{{ line.score }}</b>", ["line.score"]),
        ("{{ line.score }} {{ other.interval }}", ["line.score"]),
        ("{{ line.score ~ ' of 100' }}{{ line.interval }}", ["line.score ~ ' of 100'"]),
    ],
)
def test_a_planted_score_is_found_in_a_template(template: str, alone: list[str]) -> None:
    assert scores_alone(template) == alone


@pytest.mark.parametrize(
    ("source", "alone"),
    [
        ("def f(x):\n return shown_score(x.score), shown_interval(x.interval)", []),
        ("def f(x):\n return shown_score(x.score)", ["f"]),
        ("def f(x):\n return f'{max(0, x.score):.0f} of 100'", ["f"]),
        ("def f(x):\n return f'{x.score:.0f}, {x.interval.low:.0f} to {x.interval.high:.0f}'", []),
        ("def f(x):\n return f'{x.name}'", []),
    ],
)
def test_a_planted_score_is_found_in_code(source: str, alone: list[str]) -> None:
    assert written_alone(source) == alone


@pytest.mark.parametrize(
    ("body", "n_alone"),
    [
        ("<table><tr><th>Part<th>Score<th>95 % interval<tr><td>A<td>80<td>71 to 88</table>", 0),
        ("<table><tr><th>Part<th>Score<th>95 % interval<tr><td>A<td>80<td></table>", 1),
        ("<table><tr><th>Part<th>Score<th>State<tr><td>A<td>80<td>done</table>", 1),
        ("<svg><title>A: 80, 95 % interval 71 to 88</title></svg>", 0),
        ("<svg><title>A: 80, random answering 30 to 70</title></svg>", 1),
        ("<p>Nora (score 80, 95 % interval 71 to 88).</p>", 0),
        ("<p>The overall score is 80. Its error leaves a range from 71 to 88 (95 % interval).</p>", 0),
        ("<p>Nora has a score of 80.</p>", 1),
    ],
)
def test_a_planted_score_is_found_on_a_page(body: str, n_alone: int) -> None:
    assert len(bare_scores(html5lib.parse(body))) == n_alone
