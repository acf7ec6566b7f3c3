"""Sheets for readers: seeded order, a pair's set once while covered, codes that change; what comes back."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from eiassess.banks.cover.sheets import SheetRow, codes_of, make_sheet, read_ratings
from eiassess.domain.scenarios import ScenarioKind
from eiassess.errors import InvalidInputError
from tests.banks.cover.readings import make_pair, make_scenarios, make_single
from tests.builders import make_scale

SCALES = {
    ScenarioKind.RESPONSES: make_scale(),
    ScenarioKind.EMOTIONS: replace(make_scale(), question="How strong is each feeling?"),
}


def sheet(seed: int = 1, *, with_situations: bool = False, turned: bool = False) -> list[SheetRow]:
    scenarios = make_scenarios(pairs=3, singles=2)
    return list(make_sheet(scenarios[::-1] if turned else scenarios, SCALES, seed, with_situations=with_situations))


def test_the_order_is_seeded_and_the_order_of_files_decides_nothing() -> None:
    assert sheet() == sheet() == sheet(turned=True)
    assert sheet(2) != sheet()
    assert sorted(row.code for row in sheet(2)) == sorted(row.code for row in sheet())


def test_sets_and_their_options_are_mixed() -> None:
    texts = [row.option for row in sheet()]
    assert len({tuple(texts[start + place][4] for place in range(4)) for start in range(0, len(texts), 4)}) > 1
    assert texts != sorted(texts)


def test_while_covered_a_pairs_set_stands_once_and_no_situation() -> None:
    rows = sheet()
    assert Counter(row.set for row in rows) == dict.fromkeys(range(1, 6), 4)
    assert {row.situation for row in rows} == {""}
    assert len({row.code for row in rows}) == len(rows) == 20
    assert {row.question for row in rows} == {make_scale().question}


def test_with_situations_each_half_stands_for_itself() -> None:
    rows = sheet(with_situations=True)
    assert Counter(row.set for row in rows) == dict.fromkeys(range(1, 9), 4)
    assert len({row.code for row in rows}) == 32
    assert "Stem one of pair 1." in {row.situation for row in rows}


def test_a_situation_stands_in_one_line_and_breaks_change_no_code() -> None:
    scenario = make_single(1)
    broken = replace(scenario, situation="A scene,\n   the 1th.")
    (row, *_) = make_sheet([broken], SCALES, 1, with_situations=True)
    assert row.situation == "A scene, the 1th."
    assert codes_of(broken, with_situation=True) == codes_of(scenario, with_situation=True)


def test_feelings_are_asked_for_as_feelings() -> None:
    (row, *_) = make_sheet([replace(make_single(1), kind=ScenarioKind.EMOTIONS)], SCALES, 1, with_situations=False)
    assert row.question == "How strong is each feeling?"


def test_codes_know_options_and_not_their_letters() -> None:
    one, two = make_pair(1)
    turned = replace(one, options=one.options[::-1])
    assert codes_of(one, with_situation=False) == codes_of(two, with_situation=False)
    assert codes_of(turned, with_situation=False) == codes_of(one, with_situation=False)[::-1]
    assert set(codes_of(one, with_situation=True)).isdisjoint(codes_of(two, with_situation=True))
    assert set(codes_of(one, with_situation=True)).isdisjoint(codes_of(one, with_situation=False))


def test_all_codes_of_a_set_change_with_one_text_of_it() -> None:
    scenario = make_single(1)
    first, *others = scenario.options
    changed = replace(scenario, options=(replace(first, text="Act a, mended."), *others))
    assert set(codes_of(changed, with_situation=False)).isdisjoint(codes_of(scenario, with_situation=False))
    as_feelings = replace(scenario, kind=ScenarioKind.EMOTIONS)
    assert set(codes_of(as_feelings, with_situation=False)).isdisjoint(codes_of(scenario, with_situation=False))


def test_only_with_situations_codes_change_with_the_situation() -> None:
    scenario = make_single(1)
    changed = replace(scenario, situation="Another scene.")
    assert codes_of(changed, with_situation=False) == codes_of(scenario, with_situation=False)
    assert set(codes_of(changed, with_situation=True)).isdisjoint(codes_of(scenario, with_situation=True))


def test_no_spreadsheet_takes_a_code_for_a_number() -> None:
    many = (make_single(number) for number in range(100))
    assert {code[0] for each in many for code in codes_of(each, with_situation=True)} == {"k"}


def written(folder: Path, text: str) -> Path:
    path = folder / "ada.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", ["set,rating,code\n1,4,abc\n1,4.5,def\n", "code;rating\n abc ; 4 \n\ndef;4,5\n"])
def test_ratings_are_read_by_their_codes(tmp_path: Path, text: str) -> None:
    assert read_ratings(written(tmp_path, text), 1, 6) == {"abc": 4.0, "def": 4.5}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ": line 1: no header; expected the column names in the first line"),
        ("rating,set\n4,1\n", ": line 1: expected the columns rating and code, each once, as the sheet had them"),
        (
            "code,code,rating\na,b,4\n",
            ": line 1: expected the columns rating and code, each once, as the sheet had them",
        ),
        ("code,rating\nabc,4\ndef\n", ": line 3: 1 cells; expected 2, one for each column"),
        ("code,rating\nabc,4\ndef,3\nabc,4\n", ": line 4, column code: abc stands in a row above"),
        (
            "code,rating\nabc,4\ndef,\n",
            ": 1 of 2 rows has no rating: line 3, column rating; rate every row, in whole or half points from 1 to 6",
        ),
        (
            "code,rating\nabc, \ndef,3\nghi,\njkl,\nmno,\n",
            ": 4 of 5 rows have no rating: lines 2, 4, 5 and 1 more, column rating; rate every row, in whole or half",
        ),
        (
            "code,rating\nabc,NA\ndef,3\n",
            ": line 2, column rating: expected whole or half points from 1 to 6, found NA",
        ),
        (
            "code,rating\nabc,0.5\ndef,3\n",
            ": line 2, column rating: expected whole or half points from 1 to 6, found 0.5",
        ),
        (
            "code,rating\nabc,6.5\ndef,3\n",
            ": line 2, column rating: expected whole or half points from 1 to 6, found 6.5",
        ),
        (
            "code,rating\nabc,4.2\ndef,3\n",
            ": line 2, column rating: expected whole or half points from 1 to 6, found 4.2",
        ),
        (
            "code,rating\nabc,-1\ndef,3\n",
            ": line 2, column rating: expected whole or half points from 1 to 6, found -1",
        ),
        (
            "code,rating\nabc,nan\ndef,3\n",
            ": line 2, column rating: expected whole or half points from 1 to 6, found nan",
        ),
        ('code,rating\nabc,4\n"def,3\n', ": line 3: not readable as CSV (unexpected end of data)"),
    ],
)
def test_what_cannot_be_used_is_told_by_line_and_column(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InvalidInputError) as caught:
        read_ratings(path, 1, 6)
    assert str(caught.value).startswith(f"{path}{said}")


def test_a_sheet_that_nobody_filled_in(tmp_path: Path) -> None:
    path = written(tmp_path, "code,rating\n" + "".join(f"code{number},\n" for number in range(400)))
    with pytest.raises(InvalidInputError) as caught:
        read_ratings(path, 1, 6)
    assert str(caught.value) == (
        f"{path}: 400 of 400 rows have no rating: lines 2, 3, 4 and 397 more, column rating; "
        "rate every row, in whole or half points from 1 to 6"
    )


def test_a_rating_that_cannot_be_used_is_told_before_those_that_are_missing(tmp_path: Path) -> None:
    path = written(tmp_path, "code,rating\nabc,\ndef,9\n")
    with pytest.raises(InvalidInputError, match="line 3, column rating: expected whole or half points from 1 to 6"):
        read_ratings(path, 1, 6)


def test_a_first_rating_in_words_is_no_heading(tmp_path: Path) -> None:
    rows = "".join(f"code{number},{number % 6 + 1}\n" for number in range(20))
    path = written(tmp_path, f"code,rating\nfirst,good\n{rows}")
    with pytest.raises(InvalidInputError) as caught:
        read_ratings(path, 1, 6)
    assert str(caught.value) == f"{path}: line 2, column rating: expected whole or half points from 1 to 6, found good"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="nowhere"):
        read_ratings(tmp_path / "nowhere.csv", 1, 6)


def test_a_pair_whose_options_stand_in_another_order_stands_once(tmp_path: Path) -> None:
    one, two = make_pair(1)
    turned = replace(one, options=one.options[::-1])
    rows = list(make_sheet([turned, two, make_single(1)], SCALES, 1, with_situations=False))
    assert Counter(row.set for row in rows) == {1: 4, 2: 4}
    codes = dict(zip((option.text for option in two.options), codes_of(two, with_situation=False), strict=True))
    assert {row.option: row.code for row in rows if "pair" in row.option} == codes
    text = "code,rating\n" + "".join(f"{row.code},3\n" for row in rows)
    assert len(read_ratings(written(tmp_path, text), 1, 6)) == 8
