"""The interval chart as SVG: what is drawn, where, and that nothing typed becomes markup."""

import re
from xml.etree import ElementTree as ET

import pytest

from eiassess.domain.charts import ChartGroup, ChartRow, IntervalChart
from eiassess.domain.scores import Interval
from eiassess.reporting.charts.interval import interval_chart_svg
from eiassess.reporting.charts.svg import shortened, text_width

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("x")</script> & <b>'


def make_row(label: str = "Recovery", score: float | None = 62.34, **changes: object) -> ChartRow:
    given = {"interval": Interval(50.0, 74.0), "random_interval": Interval(29.0, 71.0), "note": ""} | changes
    return ChartRow(label, score, **given)  # type: ignore[arg-type]  # a builder takes what a test changes


def draw(*rows: ChartRow, heading: str = "", width: int = 640) -> ET.Element:
    chart = IntervalChart("Profile", "What it shows", (ChartGroup(heading, rows),))
    return ET.fromstring(interval_chart_svg(chart, width=width, element_id="c1"))  # noqa: S314 - our own drawing


def texts(svg: ET.Element) -> list[str]:
    return ["".join(each.itertext()) for each in svg.iter(f"{SVG}text")]


def marked(svg: ET.Element, name: str) -> list[ET.Element]:
    return [each for each in svg.iter() if name in each.get("class", "").split()]


def test_is_named_for_those_who_cannot_see_it() -> None:
    svg = draw(make_row())
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "c1-title c1-desc"
    title, description = svg[0], svg[1]
    assert (title.tag, title.get("id"), title.text) == (f"{SVG}title", "c1-title", "Profile")
    assert (description.tag, description.get("id"), description.text) == (f"{SVG}desc", "c1-desc", "What it shows")


def test_colours_are_attributes_that_a_strict_policy_leaves_alone() -> None:
    svg = draw(make_row(), heading="Group")
    assert not [each for each in svg.iter() if "style" in each.attrib or each.tag == f"{SVG}style"]
    for name in ("text", "muted", "grid", "random", "interval", "dot", "level", "heading"):
        (first, *_) = marked(svg, f"chart-{name}")
        assert first.get("fill") or first.get("stroke"), name


def test_hostile_names_stay_text() -> None:
    chart = IntervalChart(
        HOSTILE, HOSTILE, (ChartGroup(HOSTILE, (make_row(HOSTILE), make_row("x", None, note=HOSTILE))),)
    )
    written = interval_chart_svg(chart, width=1200)
    assert "<script" not in written
    assert "<b>" not in written
    assert HOSTILE in "".join(texts(ET.fromstring(written)))  # noqa: S314 - our own drawing


def test_a_score_stands_as_everywhere_in_picture_and_words() -> None:
    svg = draw(make_row(score=62.5, interval=Interval(49.5, 104.0), random_interval=Interval(-3.0, 71.4)))
    assert [each.text for each in marked(svg, "chart-text") if "chart-number" in each.get("class", "")] == ["63"]
    said = [each.text for each in svg.iter(f"{SVG}title")]
    assert "Recovery: 63, 95 % interval 50 to 100, random answering 0 to 71" in said
    below = draw(make_row(score=-4.2))
    assert [each.text for each in marked(below, "chart-text") if "chart-number" in each.get("class", "")] == ["0"]


def test_a_score_without_an_interval_has_no_number_in_the_picture_and_says_so_in_words() -> None:
    svg = draw(make_row(interval=None))
    assert [each.text for each in marked(svg, "chart-text") if "chart-number" in each.get("class", "")] == []
    assert "Recovery: 62, 95 % interval not known, random answering 29 to 71" in [
        e.text for e in svg.iter(f"{SVG}title")
    ]


def test_rows_stand_closer_on_paper_and_the_picture_is_the_same() -> None:
    chart = IntervalChart("Profile", "What it shows", (ChartGroup("", tuple(make_row() for _ in range(10))),))
    page, paper = (
        ET.fromstring(interval_chart_svg(chart, element_id="c1", on_paper=on_paper))  # noqa: S314 - our own drawing
        for on_paper in (False, True)
    )
    assert float(paper.get("height", "")) < float(page.get("height", "")) - 50
    assert texts(paper) == texts(page)
    (dot, *_), (other, *_) = marked(page, "chart-dot"), marked(paper, "chart-dot")
    assert dot.get("cx") == other.get("cx")


def test_dot_line_and_band_stand_on_one_scale() -> None:
    svg = draw(make_row(score=50.0, interval=Interval(50.0, 100.0), random_interval=Interval(0.0, 100.0)))
    (level, *_) = marked(svg, "chart-level")
    (dot, *_) = marked(svg, "chart-dot")
    (line, *_) = marked(svg, "chart-interval")
    (band, *_) = marked(svg, "chart-random")
    assert dot.get("cx") == level.get("x1") == line[0].get("x1")
    assert float(band.get("x", "")) + float(band.get("width", "")) == float(line[0].get("x2", ""))


@pytest.mark.parametrize(
    ("interval", "arrows"), [((20, 80), 0), ((0, 100), 0), ((-0.1, 80), 1), ((20, 100.1), 1), ((-5, 104), 2)]
)
def test_an_interval_that_runs_off_the_scale_is_cut_with_an_arrow(interval: tuple[float, float], arrows: int) -> None:
    svg = draw(make_row(interval=Interval(*interval)))
    (line, *_) = marked(svg, "chart-interval")
    assert len(line.findall(f"{SVG}path")) == arrows
    left, right = (float(line[0].get(side, "")) for side in ("x1", "x2"))
    ticks = [float(each.get("x1", "")) for each in marked(svg, "chart-grid")]
    assert min(ticks) <= left < right <= max(ticks)


def test_a_label_stands_above_its_line_where_there_is_no_room_beside_it() -> None:
    places = {
        width: [each.get("y", "") for each in marked(draw(make_row(), width=width), "chart-random")]
        for width in (479, 480)
    }
    assert float(places[479][0]) > float(places[480][0])


def test_the_scale_says_in_words_what_50_and_100_are() -> None:
    for width, words in ((640, ("random answering", "the key's pattern")), (320, ("random", "the key"))):
        svg = draw(make_row(), width=width)
        at = {text: each for text, each in zip(texts(svg), svg.iter(f"{SVG}text"), strict=True) if text in words}
        assert set(at) == set(words)
        ticks = {text: each.get("x", "") for text, each in zip(texts(svg), svg.iter(f"{SVG}text"), strict=True)}
        assert at[words[0]].get("x") == ticks["50"]
        assert float(at[words[1]].get("x", "")) > float(ticks["75"])


def test_a_row_without_a_score_shows_why() -> None:
    svg = draw(make_row(score=None, interval=None, note="not scored: 1 of 2 answered"))
    assert "not scored: 1 of 2 answered" in texts(svg)
    assert [each.get("cx") for each in marked(svg, "chart-dot")] == ["5"], "only the legend's"
    assert not re.search(r"nan|None", ET.tostring(svg, encoding="unicode"))


@pytest.mark.parametrize("missing", [{"interval": None}, {"random_interval": None}])
def test_a_part_that_is_not_known_is_not_drawn(missing: dict[str, None]) -> None:
    complete, without = draw(make_row()), draw(make_row(**missing))
    assert len(list(without.iter())) < len(list(complete.iter()))
    assert ("62" in texts(without)) is ("interval" not in missing)


@pytest.mark.parametrize("name", ["Long name " * 20, "李明" * 100, "W" * 200, "e\u0301" * 100])
@pytest.mark.parametrize("width", [640, 360])
def test_long_names_are_cut_to_their_room_and_kept_in_the_title(name: str, width: int) -> None:
    svg = draw(make_row(name), width=width)
    (shown,) = [text for text in texts(svg) if text.endswith("…")]
    assert name.startswith(shown.removesuffix("…"))
    assert any((title.text or "").startswith(name) for title in svg.iter(f"{SVG}title"))
    assert len(shown) < 110


def test_a_line_that_just_fits_is_not_cut() -> None:
    room = text_width("Recovery", 14)
    assert shortened("Recovery", 14, room) == "Recovery"
    assert shortened("Recovery", 14, room - 0.01).endswith("…")


def test_an_accent_is_never_left_without_its_letter() -> None:
    for length in range(20, 60):
        (shown,) = [text for text in texts(draw(make_row("x" * length + "e\u0301" * 50))) if text.endswith("…")]
        assert shown[-2] in "x\u0301"


def test_narrow_charts_put_labels_above_their_lines() -> None:
    wide, narrow = draw(make_row()), draw(make_row(), width=360)
    assert float(narrow.get("height", "")) > float(wide.get("height", ""))
    assert narrow.get("viewBox", "").startswith("0 0 360 ")


def test_the_same_chart_gives_the_same_drawing() -> None:
    assert ET.tostring(draw(make_row())) == ET.tostring(draw(make_row()))


def test_an_expected_range_is_a_frame_with_a_key_of_its_own() -> None:
    svg = draw(make_row(expected=Interval(55.0, 80.0)), make_row("Other", None, expected=Interval(40.0, 60.0)))
    assert len(marked(svg, "chart-expected")) == 3
    assert texts(svg)[-1] == "expected for the job"
    said = [each.text for each in svg.iter(f"{SVG}title")]
    assert "Recovery: 62, 95 % interval 50 to 74, random answering 29 to 71, expected for the job 55 to 80" in said
    assert "Other, expected for the job 40 to 60" in said
    without = draw(make_row())
    assert not marked(without, "chart-expected")
    assert "expected for the job" not in texts(without)
