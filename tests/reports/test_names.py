"""Names of any script and any direction on paper: no box in place of a letter, no sentence turned round."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest
from fontTools.misc import timeTools

from eiassess._resources import data_folder
from eiassess.domain.names import isolated
from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
from eiassess.reporting.setting.letters import LETTERS_OF_MANY_SCRIPTS, missing_letters
from eiassess.reporting.setting.pdf import render_pdf_noting
from eiassess.reporting.setting.renderer import hiring_report_html
from tests.reports.test_hiring_pdf import flat, page_texts, unmarked_painting

NAMES = {
    "Arabic": "محمد عبد الرحمن",
    "Hebrew": "נועה בן־דוד",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Chinese": "王小明",
    "Japanese": "山田 太郎",
    "Korean": "김철수",
    "Thai": "สมชาย น้ำใจดี",
    "Devanagari": "अङ्गुलि शर्मा",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "Tamil": "தமிழரசி முருகன்",
    "Ethiopic": "አማርኛ ተስፋዬ",
    "Georgian": "ნინო ბერიძე",
    "Armenian": "Անահիտ Պետրոսյան",
    "Bengali": "অনিন্দিতা সেন",
    "Sinhala": "නිලූක පෙරේරා",
    "Emoji": "Kim 🌻 Bo",
    "New emoji": "Kim 🥰 🧑🏽‍🚀 Bo",
    "Turned round": "\u202eesreveR emaN",
    "Gujarati": "ગીતા પટેલ",
    "Telugu": "లక్ష్మి రావు",
    "Kannada": "ಕಾವ್ಯ ಗೌಡ",
    "Malayalam": "അനിത മേനോൻ",
    "Odia": "ଅନିତା ଦାସ",
    "Khmer": "សុខ ដារ៉ា",
    "Lao": "ສົມສັກ ແກ້ວ",
    "Burmese": "အောင်မြင့်",
    "Tibetan": "བསྟན་འཛིན",
    "Thaana": "އަލީ ޙަސަން",
    "Cherokee": "ᏣᎳᎩ",
    "Decomposed": "Zoe\u0308 Nguye\u0302\u0303n",
}
TURNING = [
    *(f"{control}esreveR emaN" for control in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200f\u061c\u200e"),
    "emaN\u2069\u202e",
    "\u2067\u2067\u202e emaN",
    "\u202c\u2069emaN\u202b",
    NAMES["Arabic"],
    NAMES["Hebrew"],
]
FINDING = "cannot be told from random answering (score 50, 95 % interval 40 to 60)"


def rendered(**changed: object) -> tuple[bytes, str]:
    html = hiring_report_html(replace(sample_hiring_report(), **changed))  # type: ignore[arg-type]  # fields by name
    return render_pdf_noting(html, data_folder("reports") / "hiring")


@pytest.fixture(scope="module")
def of_all_names() -> tuple[bytes, str]:
    return rendered(candidate=" ".join(NAMES.values()), summary=tuple(NAMES.values()))


def test_every_letter_has_a_glyph(of_all_names: tuple[bytes, str]) -> None:
    pdf, missing = of_all_names
    assert missing == ""
    text = flat(" ".join(page_texts(pdf)))
    assert [name for name in ("Chinese", "Korean", "Georgian", "Ethiopic") if NAMES[name] not in text] == []


def test_all_that_is_painted_of_them_is_tagged(of_all_names: tuple[bytes, str]) -> None:
    with pikepdf.open(io.BytesIO(of_all_names[0])) as pdf:
        assert unmarked_painting(pdf) == []
        assert [font for font in embedded_fonts(pdf) if "/FontFile2" not in font and "/FontFile3" not in font] == []


def embedded_fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            yield each


def test_a_letter_without_a_glyph_is_noted_once_and_in_order() -> None:
    assert rendered(candidate="Li \U00030ede\U0002ebf0 Li", message="Li \U00030ede")[1] == "\U0002ebf0\U00030ede"


def test_the_same_emoji_give_the_same_bytes_at_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = rendered(candidate=NAMES["Emoji"])
    monkeypatch.setattr(timeTools.time, "time", lambda: 4_000_000_000.0)
    assert rendered(candidate=NAMES["Emoji"]) == first


def test_the_clock_of_a_reproducible_build_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "77")
    rendered()
    assert timeTools.os.environ["SOURCE_DATE_EPOCH"] == "77"


def test_no_name_turns_its_sentence_round() -> None:
    """The text of a PDF is read back by where its letters stand, so that a turned sentence reads backwards."""
    pages = page_texts(rendered(summary=tuple(f"{isolated(name)}'s ratings {FINDING}." for name in TURNING))[0])
    text = flat(" ".join(pages))
    assert text.count(FINDING) == len(TURNING)
    assert text.count("s ratings cannot") == len(TURNING)


@pytest.mark.parametrize("name", [NAMES["Turned round"], "\u2067\u202e emaN", NAMES["Hebrew"]])
def test_no_name_turns_title_head_or_foot_round(name: str) -> None:
    pdf = rendered(candidate=name, opening=name, simulated=False)[0]
    first, *others = (flat(page) for page in page_texts(pdf))
    assert "Answers handed in 18 November 2026." in first
    assert all(", 20 November 2026" in page for page in (first, *others))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo.Title) == f"Hiring report: {isolated(name)}, {isolated(name)}"


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("", ""),
        ("สม", "no font on this machine has Thai (ส ม). On Debian: apt-get install fonts-noto-core"),
        ("김王", "no font on this machine has CJK (王), Hangul (김). On Debian: apt-get install fonts-noto-cjk"),
        ("🌻", "no font on this machine has signs (🌻). On Debian: apt-get install fonts-noto-color-emoji"),
        (
            "ก김",
            "no font on this machine has Hangul (김), Thai (ก). On Debian: apt-get install fonts-noto-cjk fonts-noto-core",  # noqa: E501
        ),
        (
            "กขฃคฅฆงจฉชซฌญ",
            "no font on this machine has Thai (ก ข ฃ ค ฅ ฆ ง จ ฉ ช ซ ฌ and 1 more). On Debian: apt-get install fonts-noto-core",  # noqa: E501
        ),
        ("\ue000", "no font on this machine has unnamed (\ue000). On Debian: apt-get install fonts-noto-core"),
    ],
)
def test_what_is_missing_is_said_with_letters_and_packages(letters: str, words: str) -> None:
    assert missing_letters(letters) == words


def test_the_letters_that_doctor_asks_for_are_there() -> None:
    assert rendered(candidate=LETTERS_OF_MANY_SCRIPTS)[1] == ""
