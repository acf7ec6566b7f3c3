"""Files as programs write them; `cases` holds simulated ones, with right values from R 4.2.2 and psych 2.2.9."""

import codecs
import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.cli.analysing import found, nothing_done, write
from tests.cli.conftest import Run

CASES = Path(__file__).parent / "cases"
NORMS = [str(number) for number in range(100)]


def norms(run: Run, content: bytes, column: str, *options: str) -> tuple[int, float]:
    Path("d.csv").write_bytes(content)
    result = found(run("analyse", "norms", "d.csv", "--score", column, *options))
    return result["n_used"], result["mean"]


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("semicolon-headers Punkte", (112, 62.821428571429, 16.051277227794)),
        ("sep-line score", (112, 62.821428571429, 16.051277227794)),
        ("tabs score", (112, 62.821428571429, 16.051277227794)),
        ("tabs score --separator tab", (112, 62.821428571429, 16.051277227794)),
        ("decimal-comma points --decimal ,", (260, 58.042692307692, 9.29566597135)),
        ("missing-999 score --missing 999", (140, 59.185714285714, 11.388866022142)),
        ("missing-999 score --missing -99,999.0", (140, 59.185714285714, 11.388866022142)),
    ],
)
def test_norms_of_files_as_programs_write_them(run: Run, words: str, right: tuple[float, ...]) -> None:
    name, column, *options = words.split()
    result = found(run("analyse", "norms", str(CASES / f"{name}.csv"), "--score", column, *options))
    assert (result["n_used"], result["mean"], result["sd"]) == pytest.approx(right)
    assert "warnings" not in result


def test_a_name_with_commas_is_a_whole_header(run: Run) -> None:
    words = ("analyse", "impact", str(CASES / "header-comma.csv"), "--group", "Gender, if you wish to say")
    groups = found(run(*words, "--selected", "hired"))["groups"]
    assert [(each["selected"], each["n"], each["impact_ratio"]) for each in groups] == [(10, 30, 1), (10, 30, 1)]


def test_names_with_commas_in_lists_ranges_and_scales(run: Run) -> None:
    header = '"calm, or not",b,"glad, or sad",d,"a-b, twice"'
    write("d.csv", header, "1,2,3,4,1", "2,2,4,4,2", "3,5,4,1,3", "4,3,5,5,4")
    names = ["calm, or not", "b", "glad, or sad", "a-b, twice"]
    words = ("analyse", "reliability", "d.csv", "--columns", "calm, or not-glad, or sad,a-b, twice")
    result = found(run(*words, "--scale", "x=glad, or sad,calm, or not", "--scale", "y=b,a-b, twice"))
    assert [item["id"] for item in result["items"]] == names
    assert result["scales"]["x"]["n_items"] == 2


def test_names_however_their_letters_and_spaces_are_written(run: Run) -> None:
    content = 'p,"Wie  ruhig\nwaren Sie wa\u0308hrenddessen?"\n' + "".join(f"x,{each}\n" for each in NORMS)
    assert norms(run, content.encode(), "Wie ruhig waren Sie w\u00e4hrenddessen?") == (100, 49.5)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_separators_and_encodings(run: Run, separator: str, encoding: str) -> None:
    lines = [f"id{separator}pts", *(f"x{separator}{each}" for each in NORMS)]
    assert norms(run, "\r\n".join(lines).encode(encoding), "pts") == (100, 49.5)


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "\nsep=;;"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_line_that_names_the_separator_is_obeyed(run: Run, first: str, mark: bytes) -> None:
    lines = [first, "id, or name;points", *(f"x, y;{each}" for each in NORMS)]
    assert norms(run, mark + "\n".join(lines).encode(), "points") == (100, 49.5)


@pytest.mark.parametrize("first", ["sep=\t", "sep=\\t"])
def test_a_line_that_names_tabs(run: Run, first: str) -> None:
    assert norms(run, "\n".join([first, "id\tpoints", *(f"x\t{each}" for each in NORMS)]).encode(), "points")[0] == 100


def test_lines_keep_their_numbers_below_a_line_that_names_the_separator(run: Run) -> None:
    write("d.csv", "sep=;", "a;b", "1;2", "2;x", "3;1")
    assert "d.csv: line 4, column b: x is not understood" in run("analyse", "norms", "d.csv", "--score", "b").stderr


@pytest.mark.parametrize(
    ("separator", "written"), [(";", ";"), ("semicolon", ";"), ("tab", "\t"), ("\\t", "\t"), ("^", "^"), (":", ":")]
)
def test_the_separator_can_be_said(run: Run, separator: str, written: str) -> None:
    lines = [f"a, b, c{written}points, all", *(f"x, y, z{written}{each}" for each in NORMS)]
    assert norms(run, "\n".join(lines).encode(), "points, all", "--separator", separator) == (100, 49.5)


@pytest.mark.parametrize("separator", ["", ";;", "a", '"', "."])
def test_what_is_no_separator(run: Run, separator: str) -> None:
    write("d.csv", "a", "1")
    message = nothing_done(run("analyse", "norms", "d.csv", "--score", "a", "--separator", separator))
    assert message == f"--separator {separator!r}: expected one character, as ';', or tab"


def test_commas_in_headings_without_quotation_marks(run: Run) -> None:
    lines = ["How calm, all in all, were you?;points", *(f"{each};{each}" for each in NORMS)]
    assert norms(run, "\n".join(lines).encode(), "points") == (100, 49.5)


def zipped(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped("xl/workbook.xml"), "an Excel workbook (.xlsx)"),
        (zipped("content.xml"), "a LibreOffice file (.ods)"),
        (zipped("other"), "a ZIP archive"),
        (b"PK\x03\x04 and no more", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook of the old kind (.xls)"),
        (b"\xef\xbb\xbf\n <HTML><table>", "a page or sheet in HTML or XML"),
        (b"$FL2@(#) SPSS", "a data file of SPSS (.sav)"),
        (b"%PDF-1.7", "a PDF"),
    ],
)
def test_what_is_no_csv_is_named_whatever_the_file_is_called(run: Run, content: bytes, kind: str) -> None:
    Path("d.csv").write_bytes(content)
    message = nothing_done(run("analyse", "norms", "d.csv", "--score", "a"))
    assert message == f"d.csv: is {kind}, no CSV file; open it in its program, save the sheet as CSV and give that file"


def test_decimal_commas_are_named_and_nothing_is_made_of_the_whole_numbers(run: Run) -> None:
    message = nothing_done(run("analyse", "norms", str(CASES / "decimal-comma.csv"), "--score", "points"))
    assert "only 100 of 260 rows (38 %) could be used, and these are no fair sample of the others" in message
    assert (
        "column points holds numbers with a decimal comma in 160 of 260 rows (lines 2, 4, 5, 6 and 156 more)" in message
    )
    assert re.search(r", as (\d+,\d+ and ){3}\d+,\d+; expected", message)
    assert "give --decimal ," in message


@pytest.mark.parametrize("no", ["2", "nein", "no."])
def test_nothing_is_made_of_those_with_one_answer_if_the_other_cannot_be_read(run: Run, no: str) -> None:
    write("d.csv", "group;hired", *["Woman;1", "Man;1", f"Woman;{no}", f"Man;{no}"] * 12)
    message = nothing_done(run("analyse", "impact", "d.csv", "--group", "group", "--selected", "hired"))
    assert "only 24 of 48 rows (50 %) could be used, and these are no fair sample of the others" in message
    assert f"as {no}; expected 1 or 0, yes or no, or blank" in message


def test_nothing_is_made_of_the_other_groups_if_one_has_a_name_in_another_encoding(run: Run) -> None:
    lines = "group,hired", *["Frau,0", "Frau,1", "Mann,1", "Männlich,1"] * 12
    Path("d.csv").write_bytes("\n".join(lines).encode("latin-1"))
    message = nothing_done(run("analyse", "impact", "d.csv", "--group", "group", "--selected", "hired"))
    assert "only 36 of 48 rows (75 %) could be used, and these are no fair sample of the others" in message


def test_a_word_that_stands_for_no_answer_is_left_out_where_yes_or_no_is_wanted(run: Run) -> None:
    write("d.csv", "group,hired", *["Woman,1", "Man,1", "Woman,no", "Man,no", "Man,withdrawn"] * 12)
    words = "analyse", "impact", "d.csv", "--group", "group", "--selected", "hired", "--missing", "withdrawn"
    assert "over 48 people" in found(run(*words))["verdict"]


@pytest.mark.parametrize(("n_wrong", "exit_code"), [(4, 1), (5, 2)])
def test_a_few_cells_that_are_the_same_may_be_slips(run: Run, n_wrong: int, exit_code: int) -> None:
    write("d.csv", "group,hired", *["Woman,1", "Man,0"] * 12, *["Woman,hired"] * n_wrong)
    result = run("analyse", "impact", "d.csv", "--group", "group", "--selected", "hired")
    assert result.exit_code == exit_code


@pytest.mark.parametrize(
    ("cell", "options", "said"),
    [
        ("3,5", (), "give --decimal , if the comma parts decimals"),
        ("1,234", (), "give --decimal , if the comma parts decimals, else take the separators out"),
        ("1,234.5", (), "take the separators out"),
        ("1 234", (), "take the separators out"),
        ("1'234'567", (), "take the separators out"),
        ("1.234.567", (), "take the separators out"),
        ("1.234", ("--decimal", ","), "leave --decimal , away if the point parts decimals"),
        ("1.234,5", ("--decimal", ","), "take the separators out"),
    ],
)
def test_numbers_in_another_spelling_are_refused_not_guessed(
    run: Run, cell: str, options: tuple[str, ...], said: str
) -> None:
    write("d.csv", "a;b", "1;2", "3;3", "4;4", f"{cell};5")
    message = nothing_done(run("analyse", "reliability", "d.csv", "--columns", "a,b", *options))
    assert "only 3 of 4 rows (75 %) could be used" in message
    assert message.endswith(said)


def test_one_decimal_comma_among_decimal_points_refuses_its_row_only(run: Run) -> None:
    write("d.csv", "a;b", "1.5;2", "3;3", "4;4", "3,5;5")
    result = run("analyse", "reliability", "d.csv", "--columns", "a,b")
    content = found(result, 1)
    assert content["n_used"] == 3
    assert content["warnings"] == [
        "only 75 % of the rows could be used (3 of 4); those left out may differ from the others"
    ]


def test_decimal_commas_between_commas(run: Run) -> None:
    write("d.csv", "id,a", *(f"x,{each}" for each in NORMS), *(f"x,{each},5" for each in NORMS))
    message = nothing_done(run("analyse", "norms", "d.csv", "--score", "a"))
    assert "only 100 of 200 rows (50 %)" in message
    assert (
        "3 cells; expected 2, one for each column; if that is a decimal comma, the number needs quotation marks"
        in message
    )
    assert "(and the same in 99 more rows: lines 103, 104, 105, 106 and 95 more)" in message


@pytest.mark.parametrize(("n_refused", "said"), [(10, False), (11, True)])
def test_the_share_of_the_rows_that_were_used_stands_on_top_below_nine_tenths(
    run: Run, n_refused: int, *, said: bool
) -> None:
    write("d.csv", "a,b", *(f"{each},{each % 7}" for each in range(90)), *["x,y"] * n_refused)
    table = run("analyse", "reliability", "d.csv", "--columns", "a,b", "--format", "table").stdout
    assert table.startswith("Warning: only 89 % of the rows could be used (90 of 101);") is said


def test_a_cell_too_many_by_a_slip_refuses_its_row_only(run: Run) -> None:
    for n_slips, exit_code in ((11, 1), (12, 2)):
        write("d.csv", "id,a", *(f"x,{each}" for each in NORMS), *["x,5,5"] * n_slips)
        assert run("analyse", "norms", "d.csv", "--score", "a").exit_code == exit_code


def test_words_in_all_rows_are_one_message(run: Run) -> None:
    result = run("analyse", "reliability", str(CASES / "words.csv"), "--columns", "q1-q3")
    message = nothing_done(result)
    assert len(result.stderr.splitlines()) == 1
    assert "columns q1, q2, q3 hold words in all 100 rows, as seldom, never, always, often" in message


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            "N/A",
            "holds words that may stand for no answer in 20 of 120 rows (lines 102, 103, 104, 105 and 16 more), as N/A",
        ),
        ("absent", "holds words in 20 of 120 rows"),
        ("4 %", "holds what is not understood in 20 of 120 rows"),
    ],
)
def test_the_same_fault_in_many_rows_is_one_line_with_a_count(run: Run, cell: str, said: str) -> None:
    write("d.csv", "id,a", *(f"x,{each}" for each in NORMS), *[f"x,{cell}"] * 20)
    result = run("analyse", "norms", "d.csv", "--score", "a")
    assert found(result, 1)["n_used"] == 100
    assert sum(cell in line for line in result.stderr.splitlines()) == 1
    assert f"d.csv: column a {said}" in result.stderr


@pytest.mark.parametrize(
    ("cells", "advice"),
    [
        (["withdrawn"] * 12, "; give --missing withdrawn if that stands for no answer"),
        (["withdrawn"] * 11, None),  # 11 of 111 rows are a tenth, and no more
        (["Left early", "left early"] * 8, "; give --missing 'Left early,left early' if that stands for no answer"),
        (["absent"] * 20 + ["slip"], "; give --missing absent if that stands for no answer"),
        (["absent, ill"] * 20, None),  # a list of codes is parted by commas
        (["seldom"] * 99, "; give --missing seldom if that stands for no answer"),
        (["seldom"] * 100, None),  # as many words as numbers: answers in words
    ],
)
def test_a_word_in_more_than_a_tenth_of_the_rows_may_stand_for_no_answer(
    run: Run, cells: list[str], advice: str | None
) -> None:
    write("d.csv", "id,a", *(f"x,{each}" for each in NORMS), *(f'x,"{cell}"' for cell in cells))
    result = run("analyse", "norms", "d.csv", "--score", "a")
    (line,) = [line for line in result.stderr.splitlines() if "column a holds" in line]
    assert line.endswith(advice) if advice else "--missing" not in line


def test_words_for_missing_can_be_said(run: Run) -> None:
    write("d.csv", "id;a", *(f"x;{each}" for each in NORMS), "x;n/A", "x;absent", "x;-99,0")
    words = ("--missing", "N/A,Absent", "--missing", "-99", "--decimal", ",")
    assert found(run("analyse", "norms", "d.csv", "--score", "a", *words))["n_used"] == 100


def test_a_blank_code_is_not_understood(run: Run) -> None:
    message = nothing_done(run("analyse", "norms", "d.csv", "--score", "a", "--missing", "-99,"))
    assert message == "--missing: blank is missing anyhow; expected codes such as -99,999"


QUESTIONS = '"How calm, from 1 to 6?","How glad, from 1 to 6?",Which group?'
IDS = '"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3""}"'


@pytest.mark.parametrize(
    "headings", [(QUESTIONS,), (QUESTIONS, IDS), (IDS,), (QUESTIONS, "Response,Response,Open-Ended")]
)
def test_further_rows_of_a_header_are_no_data(run: Run, headings: tuple[str, ...]) -> None:
    rows = [f"{1 + place % 6},{1 + place % 5},{'AB'[place % 2]}" for place in range(60)]
    write("d.csv", "Q1,Q2,Q3", *headings, *rows)
    result = run("analyse", "reliability", "d.csv", "--columns", "Q1,Q2")
    assert found(result)["n_used"] == 60
    told = [line.partition(" is taken")[0] for line in result.stderr.splitlines() if "row of the header" in line]
    assert told == [f"d.csv: line {2 + place}" for place in range(len(headings))]


def test_further_headings_beside_labels_only(run: Run) -> None:
    rows = ["woman,yes", "man,no", "man,yes", "woman,no"] * 10
    write("d.csv", "Q1,Q2", "What is your gender?,Were they hired?", *rows)
    result = run("analyse", "impact", "d.csv", "--group", "Q1", "--selected", "Q2")
    assert [each["group"] for each in found(result)["groups"]] == ["man", "woman"]
    assert "d.csv: line 2 is taken as one more row of the header, not as data (What is your gender?" in result.stderr


def test_a_column_without_a_name_has_that_of_the_further_heading(run: Run) -> None:
    rows = [f"{place % 6},{place % 5},{place % 4}" for place in range(30)]
    write("d.csv", "How were you?,,", "Calm,Glad,", *rows)
    result = found(run("analyse", "reliability", "d.csv", "--columns", "How were you?,Glad"))
    assert [item["id"] for item in result["items"]] == ["How were you?", "Glad"]


@pytest.mark.parametrize("first", ["absent,A", "N/A,C", "seldom,B", ",A"])
def test_a_first_row_that_is_data_is_no_heading(run: Run, first: str) -> None:
    rows = [f"{place},{'AB'[place % 2]}" for place in range(100)]
    write("d.csv", "score,group", first, *rows, "seldom,B")
    result = run("analyse", "norms", "d.csv", "--score", "score")
    assert "row of the header" not in result.stderr


def test_the_score_of_one_row_is_not_lost_to_the_header(run: Run) -> None:
    write("d.csv", "a,b", "x,y")
    assert "no row can be used; line 2, column a: x" in nothing_done(run("analyse", "norms", "d.csv", "--score", "a"))


@pytest.mark.parametrize(("length", "n"), [(131_072, 100), (131_073, 99)])
def test_a_cell_longer_than_the_reader_takes_refuses_its_row_only(run: Run, length: int, n: int) -> None:
    write("d.csv", "a;b", f"{'x' * length};1", *(f"x;{each}" for each in range(99)))
    result = run("analyse", "validity", "d.csv", "--score", "b", "--criterion", "b")
    assert result.exit_code == 2
    write("d.csv", "a;b", *(f"x;{each}" for each in range(99)), f"{'x' * length};1", "x;1")
    assert f"{n + 1} of 101 rows read" in run("analyse", "norms", "d.csv", "--score", "b").stderr


def test_codes_count_as_blank_in_columns_of_labels_too(run: Run) -> None:
    write("d.csv", "g,s", *["a,1", "b,0", "-9,1", "Refused,0"] * 20)
    words = ("analyse", "impact", "d.csv", "--group", "g", "--selected", "s", "--missing", "-9,refused")
    content = found(run(*words))
    assert [each["group"] for each in content["groups"]] == ["a", "b"]
    assert content["local_law_144"]["unknown"] == 40
