import json
from pathlib import Path

import pytest

from tests.cli.analysing import CASES, COLUMNS, NAMES, REFERENCE, SCORES, found, nothing_done, reference, right, write
from tests.cli.conftest import Run

NO_DIFFERENT_SCORES = "no two people of different groups and the same matching value have different scores"
DIF = ("analyse", "dif", str(SCORES), "--columns", COLUMNS, "--group", "group", "--focal", "1")


def test_numbers_are_those_of_r(run: Run) -> None:
    result, r = found(run(*DIF)), reference()
    r_dif = json.loads((REFERENCE / "dif.reference.json").read_text(encoding="utf-8"))["as_they_are"]
    assert list(result) == ["verdict", "n_reference", "n_focal", "cut", "not_classed", "items"]
    assert result["n_reference"] + result["n_focal"] == r["n_complete"]
    items = result["items"]
    assert list(items[0]) == [
        "id",
        "cut",
        "mh_delta",
        "mh_class",
        "smd",
        "lr_uniform",
        "lr_total",
        "nagelkerke",
        "jodoin_gierl",
        "p_adjusted",
        "not_estimable",
    ]
    assert [item["id"] for item in items] == NAMES
    assert [item["mh_delta"] for item in items] == pytest.approx(r_dif["delta"], abs=1e-8)
    for item, ordinal in zip(items, r["ordinal_logistic_dif_matched_on_total"], strict=True):
        for key in ("lr_uniform", "lr_total", "nagelkerke"):
            assert item[key] == pytest.approx(ordinal[key], abs=1e-6)
    assert {item["mh_class"] for item in items} <= {"A", "B", "C"}
    assert {item["jodoin_gierl"] for item in items} <= {"A", "B", "C"}


RIGHT_WRONG = ("analyse", "dif", str(CASES / "dif-right-wrong.csv"), "--columns", "i1-i8", "--group", "group")
GRADED = ("analyse", "dif", str(CASES / "dif-graded.csv"), "--columns", "s1-s5", "--group", "group")


@pytest.mark.parametrize(
    ("words", "name", "cut"),
    [
        ((*RIGHT_WRONG, "--focal", "F"), "dif01", 1),
        ((*GRADED, "--focal", "foc", "--cut", "3"), "dif_graded", 3),
        ((*GRADED, "--focal", "foc"), "dif_graded", 3),
    ],
)
def test_all_methods_match_on_the_total_as_in_r(run: Run, words: tuple[str, ...], name: str, cut: float) -> None:
    result, rows = found(run(*words)), right()[name]
    assert (result["cut"], {item["cut"] for item in result["items"]}) == (cut, {cut})
    for item, row in zip(result["items"], rows, strict=True):
        assert (item["id"], item["mh_class"], item["not_estimable"]) == (row["id"], row["mh_class"], [])
        assert item["mh_delta"] == pytest.approx(row["mh_delta"], abs=1e-9)
        assert item["lr_uniform"] == pytest.approx(row["lr_uniform"], abs=1e-6)
        assert item["lr_total"] == pytest.approx(row["lr_total"], abs=1e-6)


def test_the_headline_counts_and_names_what_is_large_and_states_the_cut(run: Run) -> None:
    table = run(*RIGHT_WRONG, "--focal", "F", "--format", "table").stdout
    assert table.startswith(
        "2 of 8 columns have a large difference (class C): i2, i5. Have people review them; nothing is dropped by"
        " itself.\n260 rows of the focal group, 300 of the reference group.\n"
        "Mantel-Haenszel counts 1 and more as right.\n"
    )
    assert "verdict" not in table
    assert found(run(*GRADED, "--focal", "foc"))["verdict"].startswith("2 of 5 columns have a large difference (class")


def test_what_cannot_be_classed_is_never_counted_as_not_large(run: Run) -> None:
    result = run(*RIGHT_WRONG, "--focal", "F", "--cut", "2")
    content = found(result)
    assert content["verdict"] == "None of 8 columns can be classed: whether differences are large is not known."
    assert content["not_classed"] == [f"i{number}" for number in range(1, 9)]
    reason = "Mantel-Haenszel: nobody reaches the cut of 2"
    assert [item["not_estimable"] for item in content["items"]] == [[reason]] * 8
    assert f"columns i1, i2, i3, i4, i5, i6, i7, i8: {reason}\n" in result.stderr


def mixed() -> str:
    """Write items of 0/1 and of 0 to 4 in one file: each graded item doubles as right or wrong."""
    header, *rows = (CASES / "dif-graded.csv").read_text(encoding="utf-8").splitlines()
    people = [row.split(",") for row in rows]
    wrong = [",".join(str(int(int(cell) >= 2)) for cell in row[:5]) for row in people]
    names = ",".join(f"w{number}" for number in range(1, 6))
    return write("mixed.csv", f"{names},{header}", *(f"{cells},{row}" for cells, row in zip(wrong, rows, strict=True)))


def test_columns_of_different_ranges_have_each_their_cut(run: Run) -> None:
    words = ("analyse", "dif", mixed(), "--columns", "w1-s5", "--group", "group", "--focal", "foc")
    result = run(*words)
    content = found(result)
    assert content["cut"] is None
    assert [item["cut"] for item in content["items"]] == [1] * 5 + [3] * 5
    assert content["not_classed"] == []
    assert all(item["mh_class"] for item in content["items"])
    assert "as right what each column's own cut says" in run(*words, "--format", "table").stdout
    given = found(run(*words, "--cut", "3"))
    assert given["not_classed"] == ["w1", "w2", "w3", "w4", "w5"]
    assert " of 5 columns have a large difference (class C): s2, s4." in given["verdict"]
    assert given["verdict"].endswith(". 5 more cannot be classed: w1, w2, w3, w4, w5.")


def test_without_large_differences_nobody_is_asked_to_review(run: Run) -> None:
    result = found(run(*DIF[:3], "--columns", "s01-s04,s06-s17", *DIF[5:]))
    assert result["verdict"] == "0 of 16 columns have a large difference (class C)."


def test_purifying_and_another_cut_change_what_is_matched_on(run: Run) -> None:
    plain, purified, cut = (found(run(*DIF, *more))["items"] for more in ((), ("--purify",), ("--cut", "2")))
    assert plain[17]["mh_class"] == "C"
    assert purified[0]["mh_delta"] != plain[0]["mh_delta"]
    assert cut[0]["mh_delta"] != plain[0]["mh_delta"]
    assert cut[0]["lr_total"] == plain[0]["lr_total"]
    assert "1 of 24 columns have a large difference (class C): s18." in run(*DIF, "--format", "table").stdout


def grouped(labels: str) -> str:
    """Give the reference data with other labels: label k for the people whose number leaves k."""
    header, *rows = SCORES.read_text(encoding="utf-8").splitlines()
    people = [row.split(",", 2) for row in rows]
    names = labels.split()
    changed = [
        f"{who},{names[int(who) % len(names)] if group == '0' else names[-1]},{rest}" for who, group, rest in people
    ]
    return write("groups.csv", header, *changed)


def test_all_others_are_the_reference_group_unless_one_is_named(run: Run) -> None:
    path = grouped("x y NA z")
    words = ("analyse", "dif", path, "--columns", COLUMNS, "--group", "group", "--focal", "z")
    result = run(*words)
    assert (
        "groups.csv: column group: the reference group is x, y together; --reference LABEL takes one" in result.stderr
    )
    content = found(result)
    assert content["n_reference"] + content["n_focal"] < reference()["n_complete"]
    message = nothing_done(run(*words, "--reference", "x"))
    assert message.startswith("not assessable: differential item functioning needs 200 complete rows")
    assert "there are x, y, z" in nothing_done(run(*words, "--reference", "w"))
    assert nothing_done(run(*words, "--reference", "z")) == "--reference z is the focal group; give another one"


def relabelled(labels: dict[str, str]) -> str:
    """Give the right-or-wrong data, one in ten of each group with another label."""
    header, *rows = (CASES / "dif-right-wrong.csv").read_text(encoding="utf-8").splitlines()
    people = [row.rsplit(",", 1) for row in rows]
    changed = [
        f"{cells},{labels.get(group, group) if number % 10 == 0 else group}"
        for number, (cells, group) in enumerate(people)
    ]
    return write("labels.csv", header, *changed)


WORDS = ("analyse", "dif", "labels.csv", "--columns", "i1-i8", "--group", "group", "--focal")


def test_words_for_unknown_are_in_no_group(run: Run) -> None:
    relabelled({"F": "Prefer not to say", "R": "other"})
    content = found(run(*WORDS, "F", "--reference", "R"))
    assert found(run(*WORDS, "F", "--unknown", "Other")) == content
    assert content["n_focal"] < 260
    assert content["n_reference"] < 300
    everybody_else = found(run(*WORDS, "F"))
    assert (everybody_else["n_focal"], everybody_else["n_reference"]) == (content["n_focal"], 300)
    assert "nobody has prefer not to say" in nothing_done(run(*WORDS, "prefer not to say"))


def test_spellings_of_a_group_are_warned_of_and_merged_on_request(run: Run) -> None:
    relabelled({"F": "f"})
    content = found(run(*WORDS, "F", "--reference", "R"))
    (warning,) = content["warnings"]
    assert warning.startswith("column group: F, f differ only in case, spaces or Unicode form, yet count as different")
    merged = [found(run(*WORDS, focal, "--merge")) for focal in ("F", "f", " F ")]
    assert merged[0] == merged[1] == merged[2]
    assert (merged[0]["n_focal"], merged[0]["n_reference"]) == (260, 300)
    assert merged[0]["warnings"] == ["column group: f taken as F"]


def test_whole_numbers_with_a_decimal_point_are_the_same_label(run: Run) -> None:
    words = ("analyse", "dif", grouped("0.0 1.0"), "--columns", COLUMNS, "--group", "group", "--focal")
    assert found(run(*words, "1")) == found(run(*words, "1.0"))


@pytest.mark.parametrize(("focal", "other"), [("1", "1.0"), ("F", "f")])
def test_another_spelling_of_the_focal_group_is_in_neither_group_until_it_is_merged(
    run: Run, focal: str, other: str
) -> None:
    path = Path(relabelled({"F": other}))
    path.write_text(path.read_text(encoding="utf-8").replace(",F\n", f",{focal}\n"), encoding="utf-8")
    apart, merged = found(run(*WORDS, focal)), found(run(*WORDS, focal, "--merge"))
    assert (merged["n_focal"], merged["n_reference"]) == (260, 300)
    assert apart["n_focal"] < 260
    assert apart["n_reference"] == 300
    assert "differ only in case, spaces or Unicode form" in apart["warnings"][0]


@pytest.mark.parametrize(("focal", "message"), [("2", "nobody has 2; there are 0, 1"), ("one", "nobody has one")])
def test_a_group_that_is_not_there(run: Run, focal: str, message: str) -> None:
    assert message in nothing_done(run(*DIF[:-1], focal))


def test_too_few_people(run: Run) -> None:
    write("d.csv", "g,a,b", "0,1,2", "1,2,3")
    words = ("analyse", "dif", "d.csv", "--columns", "a,b", "--group", "g", "--focal", "1")
    assert "the reference group has 1, the focal group 1" in nothing_done(run(*words))


def test_one_column_cannot_be_matched(run: Run) -> None:
    words = ("analyse", "dif", str(SCORES), "--columns", "s01", "--group", "group", "--focal", "1")
    assert nothing_done(run(*words)).startswith("matching needs 2 items")


def test_a_column_without_a_value_is_null_and_says_why(run: Run) -> None:
    header, *rows = SCORES.read_text(encoding="utf-8").splitlines()
    write("d.csv", f"still,{header}", *(f"1,{row}" for row in rows))
    result = run("analyse", "dif", "d.csv", "--columns", f"{COLUMNS},still", "--group", "group", "--focal", "1")
    assert found(result)["items"][-1] == {
        "id": "still",
        "cut": None,
        "mh_delta": None,
        "mh_class": None,
        "smd": None,
        "lr_uniform": None,
        "lr_total": None,
        "nagelkerke": None,
        "jodoin_gierl": None,
        "p_adjusted": None,
        "not_estimable": [
            "Mantel-Haenszel: everybody has the same score on this item",
            f"standardised mean difference: {NO_DIFFERENT_SCORES}",
            "ordinal logistic regression: everybody has the same score on this item",
        ],
    }
    assert found(result)["not_classed"] == ["still"]
    assert "column still: ordinal logistic regression: everybody has the same score on this item" in result.stderr


@pytest.mark.parametrize("cut", ["nan", "inf", "three"])
def test_a_cut_is_a_number(run: Run, cut: str) -> None:
    assert nothing_done(run(*DIF, "--cut", cut)).startswith("Invalid value for '--cut'")
