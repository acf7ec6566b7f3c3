"""The hiring report as a real PDF: accessible, honest about simulation, and indifferent to what a name holds."""

import io
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from eiassess.domain.reports import HiringReport
from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
from eiassess.reporting.setting.renderer import content_digest, hiring_report_html

MakePdf = Callable[[HiringReport], bytes]
HOSTILE = "<script>alert(1)</script> & </title><img src=x> {{7*7}}"
PAINTING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "BI"}


def structure(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, in reading order."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield element
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += reversed([kid for kid in kids if isinstance(kid, pikepdf.Dictionary)])


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S).removeprefix("/") for element in structure(pdf)]


def page_texts(pdf: bytes) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_declares_pdf_ua_1(opened: pikepdf.Pdf) -> None:
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert "Nora Lindqvist" in metadata["dc:title"]
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert str(opened.Root.Lang) == "en"


def test_headings_start_at_one_and_skip_no_level(opened: pikepdf.Pdf) -> None:
    levels = [int(kind[1]) for kind in kinds(opened) if kind in {"H1", "H2", "H3", "H4", "H5", "H6"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_chart_is_a_figure_that_says_what_it_shows(opened: pikepdf.Pdf) -> None:
    (figure,) = [each for each in structure(opened) if each.S == "/Figure"]
    chart = sample_hiring_report().chart
    assert chart.title in str(figure.Alt)
    assert chart.summary in str(figure.Alt)


def test_every_table_has_header_cells_and_each_cell_knows_them(opened: pikepdf.Pdf) -> None:
    tables = [each for each in structure(opened) if each.S == "/Table"]
    assert len(tables) >= 8
    for table in tables:
        inside = [str(each.S) for each in structure_of(table)]
        assert "/TH" in inside
    cells = [each for each in structure(opened) if each.S == "/TD"]
    assert all(len(cell.A.Headers) > 0 for cell in cells)


def structure_of(element: Any) -> Iterator[Any]:
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure_of(kid)


def test_all_that_is_painted_is_tagged_or_an_artifact(opened: pikepdf.Pdf) -> None:
    assert unmarked_painting(opened) == []


def unmarked_painting(pdf: pikepdf.Pdf) -> list[str]:
    """List what is painted outside marked content."""
    found = []
    for page in pdf.pages:
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            depth += (operator in {"BDC", "BMC"}) - (operator == "EMC")
            found += [operator] if operator in PAINTING and not depth else []
    return found


def test_all_fonts_are_embedded(opened: pikepdf.Pdf) -> None:
    fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
    assert {str(font.BaseFont).split("+")[1] for font in fonts} >= {"Source-Sans-Pro", "Source-Sans-Pro-Semi-Bold"}
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_the_sample_is_two_to_four_pages(opened: pikepdf.Pdf) -> None:
    assert 2 <= len(opened.pages) <= 4


def test_the_picture_of_the_profile_stands_on_the_first_page(simulated_pdf: bytes) -> None:
    first = flat(page_texts(simulated_pdf)[0])
    for words in ("Overall", "Whole area", "Speaking up", "range of random answering"):
        assert words in first


def test_simulated_stands_on_every_page(simulated_pdf: bytes) -> None:
    pages = page_texts(simulated_pdf)
    assert all("SIMULATED" in page for page in pages)
    assert pages[0].count("SIMULATED") == 2, "in the running head and beside the name"


def test_simulated_stands_nowhere_on_a_real_persons_report(real_pdf: bytes) -> None:
    assert not [page for page in page_texts(real_pdf) if "SIMULATED" in page.upper()]
    with pikepdf.open(io.BytesIO(real_pdf)) as pdf:
        assert "SIMULATED" not in str(pdf.docinfo)


def test_each_page_says_whose_it_is_and_which(real_pdf: bytes) -> None:
    pages = page_texts(real_pdf)
    for number, page in enumerate(pages, start=1):
        foot = flat(page)[-160:]
        assert "Nora Lindqvist" in foot
        assert "Customer service adviser, 20 November 2026" in foot
        assert f"Page {number} of {len(pages)}" in foot


def test_parts_come_in_the_order_a_busy_reader_needs(real_pdf: bytes) -> None:
    report, text = sample_hiring_report(), flat(" ".join(page_texts(real_pdf)))
    parts = [
        report.message, report.summary[0], "Evidence status", "Profile at a glance", "What each score means",
        "Strengths, weaknesses and styles", "not a validated typology", "What to ask in the interview",
        "How it was scored", "What evidence there is, and is not", "Where the numbers come from",
    ]  # fmt: skip
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_the_same_report_gives_the_same_bytes(simulated_pdf: bytes, make_pdf: MakePdf) -> None:
    assert make_pdf(sample_hiring_report()) == simulated_pdf


def test_hostile_markup_is_text_wherever_it_stands(make_pdf: MakePdf) -> None:
    report = replace(sample_hiring_report(), candidate=HOSTILE, opening=HOSTILE, message=HOSTILE, summary=(HOSTILE,))
    assert "<script" not in hiring_report_html(report)
    assert "<img" not in hiring_report_html(report)
    pdf = make_pdf(report)
    assert flat(page_texts(pdf)[0]).count(HOSTILE) >= 4
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert HOSTILE in str(opened.docinfo.Title)


@pytest.mark.parametrize("name", ["李明", "Ñandú", "Ольга Ἀθηνᾶ", "Nguyễn Thị Ánh"])
def test_names_of_any_script_come_out_as_given(name: str, make_pdf: MakePdf) -> None:
    pdf = make_pdf(replace(sample_hiring_report(), candidate=name))
    assert all(name in flat(page) for page in page_texts(pdf))


@pytest.mark.parametrize("name", ["Maria de la Concepción " * 9, "W" * 200])
def test_a_very_long_name_is_whole_in_the_title_and_cut_in_the_foot(name: str, make_pdf: MakePdf) -> None:
    name = name[:200].strip()
    first, *others = page_texts(
        make_pdf(
            replace(sample_hiring_report(), candidate=name, message=f"{name} rates much like the key.", simulated=False)
        )
    )
    assert name.replace(" ", "") in "".join(first.split())
    assert len(others) <= 4
    assert all("…" in page for page in others)


def test_every_area_to_ask_about_stands_with_its_reason(make_pdf: MakePdf) -> None:
    report = sample_hiring_report()
    text = "".join(flat(" ".join(page_texts(make_pdf(report)))).split())
    assert len(report.probing) > 1
    for area in report.probing:
        assert area.reason
        assert "".join(area.name.split()) in text
        assert "".join(area.reason.split()) in text


def test_a_report_without_areas_and_styles_still_stands(make_pdf: MakePdf) -> None:
    text = flat(" ".join(page_texts(make_pdf(replace(sample_hiring_report(), probing=(), styles=())))))
    assert "No area calls for questions of its own" in text
    assert "By customer style" not in text


def test_nothing_in_the_style_sheet_is_unknown_to_the_printer(
    make_pdf: MakePdf, caplog: pytest.LogCaptureFixture
) -> None:
    make_pdf(sample_hiring_report())
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]


def test_the_digest_follows_the_content() -> None:
    report = sample_hiring_report()
    assert content_digest(report) == content_digest(sample_hiring_report())
    assert content_digest(replace(report, message="Another")) != content_digest(report)
    assert len(content_digest(report)) == 64


def test_the_digest_refuses_what_is_not_a_plain_value() -> None:
    with pytest.raises(TypeError, match="plain values"):
        content_digest(replace(sample_hiring_report(), message=object()))  # type: ignore[arg-type]  # on purpose
