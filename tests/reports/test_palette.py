"""One set of colours: charts, pages and paper say the same."""

import re

import pytest

from eiassess._resources import data_folder
from eiassess.reporting.charts import interval, palette
from tests.house.test_repository import ROOT

TOKENS = {
    "ink": palette.INK,
    "muted": palette.MUTED,
    "line": palette.LINE,
    "paper": palette.PAPER,
    "accent": palette.ACCENT,
    "band": palette.BAND,
    "band-edge": palette.BAND_EDGE,
}


def in_full(colour: str) -> str:
    return f"#{''.join(letter * 2 for letter in colour[1:])}" if len(colour) == 4 else colour


def tokens_of(css: str) -> dict[str, str]:
    """Return the first value of each colour token: that of light pages."""
    found: dict[str, str] = {}
    for name, colour in re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", css):
        found.setdefault(name, in_full(colour))
    return found


@pytest.mark.parametrize("file", ["eiassess/web/static/app.css", "reports/paper.css"])
def test_style_sheets_have_the_same_tokens(file: str) -> None:
    found = tokens_of((ROOT / file).read_text("utf-8"))
    assert {"ink", "muted", "line", "accent"} <= set(found)
    assert {name: found[name] for name in TOKENS if name in found} == {
        name: colour for name, colour in TOKENS.items() if name in found
    }


@pytest.mark.parametrize("file", ["recruiter/_pictures.html", "analyst/_pictures.html"])
def test_small_pictures_have_no_other_colour(file: str) -> None:
    text = (data_folder("templates") / file).read_text("utf-8")
    colours = {in_full(each) for each in re.findall(r'"(#[0-9a-f]{3,6})"', text)}
    assert colours
    assert colours <= set(TOKENS.values())


def test_charts_take_their_colours_from_there() -> None:
    for name in ("interval", "curves", "svg"):
        source = (ROOT / f"eiassess/reporting/charts/{name}.py").read_text("utf-8")
        assert not re.search(r"#[0-9a-f]{6}", source), name
    assert interval.interval_chart_svg.__module__ == "eiassess.reporting.charts.interval"
