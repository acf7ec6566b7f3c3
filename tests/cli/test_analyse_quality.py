import numpy as np
import pytest

from eiassess.psychometrics import graded_lz_star, mahalanobis_distance
from tests.cli.analysing import COLUMNS, NAMES, SCORES, found, nothing_done, write
from tests.cli.conftest import Run

QUALITY = ("analyse", "quality", str(SCORES), "--columns", COLUMNS)
INDICES = ["mahalanobis", "lz_star", "omissions", "extreme_profile"]


def matrix() -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    header, *rows = (line.split(",") for line in SCORES.read_text(encoding="utf-8").splitlines())
    places = [header.index(name) for name in NAMES]
    return np.array(
        [[float(row[place]) if row[place] not in {"", "NA"} else np.nan for place in places] for row in rows]
    )


def test_each_row_has_its_figures_and_flags(run: Run) -> None:
    result = found(run(*QUALITY))
    assert list(result) == ["n_used", "n_conversation", "indices", "persons"]
    assert [index["index"] for index in result["indices"]] == INDICES
    assert list(result["indices"][0]) == ["index", "rule", "cut", "n_flagged", "not_estimable"]
    persons, scores = result["persons"], matrix()
    assert [person["row"] for person in persons] == list(range(1, 1201))
    assert list(persons[0]) == [
        "row",
        "flags",
        "conversation",
        "mahalanobis",
        "lz_star",
        "omissions",
        "elevation",
        "scatter",
        "longest_run",
    ]
    distances = mahalanobis_distance(scores)
    assert [person["mahalanobis"] for person in persons] == pytest.approx(distances.squared_distance.tolist())
    assert result["indices"][0]["cut"] == pytest.approx(distances.cut)
    assert persons[0]["elevation"] == pytest.approx(np.nanmean(scores[0]))
    assert persons[0]["scatter"] == pytest.approx(np.nanstd(scores[0], ddof=1))
    for person in persons:
        assert person["conversation"] is (len(person["flags"]) >= 2)
        assert ("lz_star" in person["flags"]) is (person["lz_star"] < -1.645)
    for index in result["indices"]:
        assert index["n_flagged"] == sum(index["index"] in person["flags"] for person in persons)
    assert result["n_conversation"] == sum(person["conversation"] for person in persons)


def test_lz_star_is_taken_under_the_graded_model_of_the_file(run: Run) -> None:
    items = found(run("analyse", "irt", str(SCORES), "--columns", COLUMNS, "--model", "grm"))["items"]
    expected = graded_lz_star(
        matrix(), np.array([item["a"] for item in items]), np.array([item["d"] for item in items])
    )
    persons = found(run(*QUALITY))["persons"]
    assert [person["lz_star"] for person in persons] == pytest.approx(expected.tolist(), abs=1e-6)


def test_careless_people_are_found_by_two_indices(run: Run) -> None:
    lines = SCORES.read_text(encoding="utf-8").splitlines()
    same, sparse = ["9001,0," + "4," * 24 + "0"], ["9002,0," + "0,4," * 4 + "," * 16 + "0"]
    write("d.csv", *lines, *same, *sparse)
    persons = found(run("analyse", "quality", "d.csv", "--columns", COLUMNS))["persons"]
    assert persons[-2]["longest_run"] == 24
    assert "extreme_profile" in persons[-2]["flags"]
    assert {"omissions", "lz_star"} <= set(persons[-1]["flags"])
    assert persons[-1]["conversation"] is True


def test_levels_that_nobody_used_and_other_lowest_scores(run: Run) -> None:
    rows = SCORES.read_text(encoding="utf-8").splitlines()[1:]
    moved = [
        ",".join(str({"0": 1, "1": 2, "2": 3, "3": 5, "4": 6}.get(cell, "")) for cell in row.split(",")[2:26])
        for row in rows
    ]
    write("d.csv", ",".join(NAMES), *moved)
    one, other = (
        found(run("analyse", "quality", path, "--columns", COLUMNS))["persons"] for path in ("d.csv", str(SCORES))
    )
    assert [person["lz_star"] for person in one] == pytest.approx([person["lz_star"] for person in other], abs=1e-3)


def timed(*rows: str) -> tuple[str, ...]:
    write("d.csv", "a,b,c,d,t1,t2,extra", *rows)
    return ("analyse", "quality", "d.csv", "--columns", "a-d", "--times", "t1,t2")


def test_fast_pages(run: Run) -> None:
    words = timed("1,2,3,4,3.9,60,", "1,2,3,4,4,4,", "1,2,3,3,100,5,no", "4,3,2,1,1,1,yes", "4,4,2,1,,,0")
    result = found(run(*words, "--extra-time", "extra"))
    assert result["indices"][0]["index"] == "fast_pages"
    people = result["persons"]
    assert [person["fast_pages"] for person in people] == [1, 0, 0, 2, None]
    assert [person["timed_pages"] for person in people] == [2, 2, 2, 2, 0]
    assert [person["flags"] for person in people] == [["fast_pages"], [], [], [], []]
    assert found(run(*words, "--options", "1"))["persons"][0]["fast_pages"] == 0
    without = found(run(*words))
    assert without["persons"][3]["flags"] == ["fast_pages"]


def test_a_page_that_is_slow_for_everybody_has_a_higher_threshold(run: Run) -> None:
    words = timed(*["1,2,3,4,100,50,"] * 5, "1,2,3,4,9,50,")
    assert found(run(*words))["persons"][-1]["fast_pages"] == 1


def test_times_of_a_page_that_nobody_has(run: Run) -> None:
    words = timed("1,2,3,4,,50,", "1,2,3,4,,3,")
    assert [person["fast_pages"] for person in found(run(*words))["persons"]] == [0, 1]


def test_negative_times_are_refused(run: Run) -> None:
    result = run(*timed("1,2,3,4,5,-1,", "1,2,3,4,5,6,"))
    assert result.stderr.startswith("d.csv: line 2, column t2: -1 is not understood; expected seconds, not below 0")
    assert [person["row"] for person in found(result, 1)["persons"]] == [2]


def test_columns_that_cannot_be_shared_out_over_pages(run: Run) -> None:
    words = timed("1,2,3,4,5,6,")
    message = nothing_done(run(*words[:4], "a-c", *words[5:]))
    assert message == "3 columns on 2 pages; say with --options how many options a page has"


def test_a_small_file_says_what_cannot_be_known(run: Run) -> None:
    write("d.csv", "a,b,c", "1,2,3", "2,2,", ",,")
    run_ = run("analyse", "quality", "d.csv", "--columns", "a-c")
    result = found(run_)
    reasons = {index["index"]: index["not_estimable"] for index in result["indices"]}
    assert reasons["mahalanobis"].startswith("1 complete rows of 3 items are too few")
    assert reasons["lz_star"] == "a calibration needs at least 250 persons, not 2"
    assert reasons["omissions"] is None
    assert reasons["extreme_profile"].startswith("a norm group of fewer than 100")
    assert result["indices"][0]["n_flagged"] is None
    assert [person["flags"] for person in result["persons"]] == [[], ["omissions"], ["omissions"]]
    assert result["persons"][2]["elevation"] is None
    assert "lz_star: not estimable" in run_.stderr


def test_scores_that_are_no_categories_have_no_lz_star(run: Run) -> None:
    write("d.csv", "a,b,c", *(f"{number},{number % 3},{number / 2}" for number in range(300)))
    result = found(run("analyse", "quality", "d.csv", "--columns", "a-c"))
    assert result["indices"][1]["not_estimable"].startswith("column a has scores more than")


def test_the_table_shows_who_is_flagged_first_those_flagged_most(run: Run) -> None:
    table = run(*QUALITY, "--format", "table").stdout
    assert table.startswith("4 of 1200 rows have 2 flags or more. Flags are reasons for a conversation, never")
    first = table.split("persons")[1].splitlines()[4]
    assert "yes" in first


def test_a_column_that_tells_nothing_does_not_keep_lz_star_from_the_others(run: Run) -> None:
    header, *rows = SCORES.read_text(encoding="utf-8").splitlines()
    write("d.csv", f"still,{header}", *(f"4,{row}" for row in rows))
    plain = found(run("analyse", "quality", str(SCORES), "--columns", "s01-s06"))
    with_it = found(run("analyse", "quality", "d.csv", "--columns", "still,s01-s06"))
    assert with_it["indices"][1]["not_estimable"] is None
    assert [each["lz_star"] for each in with_it["persons"]] == [each["lz_star"] for each in plain["persons"]]
