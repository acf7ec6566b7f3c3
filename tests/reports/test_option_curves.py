"""The chart of option curves: valid, escaped, told apart without colour, labels that do not cover each other."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from eiassess.domain.curves import CurveChart, CurveLine
from eiassess.reporting.charts.curves import curve_chart_svg

TICKS = tuple((float(each), str(each)) for each in range(1, 7))
LINES = (
    CurveLine("a", (2.0, 3.0, 4.0, 5.0, 5.5), 6.0),
    CurveLine("b", (2.0, None, 4.0, 5.0, 5.5), 6.0),
    CurveLine("<c>", (None,) * 5, 1.0),
)


def drawn(*lines: CurveLine, width: int = 640) -> ET.Element:
    chart = CurveChart("Options & fifths", "What they did.", 1, 6, TICKS, lines, (4, 5, 4, 5, 4))
    return ET.fromstring(curve_chart_svg(chart, width=width))  # noqa: S314 - our own drawing


def texts(svg: ET.Element) -> list[str]:
    return [each.text or "" for each in svg.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("width", [340, 640])
def test_everything_lies_within_the_drawing(width: int) -> None:
    svg = drawn(*LINES, width=width)
    assert svg.attrib["width"] == str(width)
    for each in svg.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(each.attrib.get(name, 0)) <= width
        for name in ("y", "y1", "y2", "cy"):
            assert 0 <= float(each.attrib.get(name, 0)) <= float(svg.attrib["height"])


def test_it_is_named_and_says_each_line_in_words() -> None:
    svg = drawn(*LINES)
    assert svg.attrib["role"] == "img"
    titles = [each.text for each in svg.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == [
        "Options & fifths",
        "a: 2.00, 3.00, 4.00, 5.00, 5.50; key 6.0",
        "b: 2.00, nobody, 4.00, 5.00, 5.50; key 6.0",
        "<c>: nobody, nobody, nobody, nobody, nobody; key 1.0",
    ]
    assert "n 5" in texts(svg)


def test_lines_differ_in_their_dashes_and_labels_that_meet_are_moved_apart() -> None:
    svg = drawn(*LINES)
    paths = [each for each in svg.iter("{http://www.w3.org/2000/svg}path") if each.attrib["class"] == "chart-interval"]
    assert len({each.attrib["stroke-dasharray"] for each in paths}) == 3
    labels = {each.text: float(each.attrib["y"]) for each in svg.iter("{http://www.w3.org/2000/svg}text")
              if each.attrib.get("font-weight") == "600"}  # fmt: skip
    assert set(labels) == {"a", "b"}, "a line without a point has no label"
    assert abs(labels["a"] - labels["b"]) >= 13


def test_labels_at_the_foot_are_moved_up_again() -> None:
    svg = drawn(*(CurveLine(name, (1.0,) * 5, None) for name in "abcd"))
    ys = sorted(float(each.attrib["y"]) for each in svg.iter("{http://www.w3.org/2000/svg}text")
                if each.attrib.get("font-weight") == "600")  # fmt: skip
    assert [round(after - before) for before, after in pairwise(ys)] == [13] * 3
    assert "key" not in texts(svg)


def test_an_axis_can_have_its_best_end_on_top() -> None:
    chart = CurveChart(
        "t", "s", 4, 1, ((1.0, "place 1"), (4.0, "place 4")), (CurveLine("a", (1.0,) * 5, None),), (1,) * 5
    )
    svg = ET.fromstring(curve_chart_svg(chart))  # noqa: S314 - our own drawing
    place = {each.text: float(each.attrib["y"]) for each in svg.iter("{http://www.w3.org/2000/svg}text")}
    assert place["place 1"] < place["place 4"]
    assert not re.search("nan", ET.tostring(svg, encoding="unicode"))
