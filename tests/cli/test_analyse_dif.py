import pytest

from tests.cli.analysing import COLUMNS, NAMES, SCORES, found, nothing_done, reference, write
from tests.cli.conftest import Run

DIF = ("analyse", "dif", str(SCORES), "--columns", COLUMNS, "--group", "group", "--focal", "1")


def test_numbers_are_those_of_r(run: Run) -> None:
    result, r = found(run(*DIF)), reference()
    assert list(result) == ["n_reference", "n_focal", "items"]
    assert result["n_reference"] + result["n_focal"] == r["n_complete"]
    items = result["items"]
    assert list(items[0]) == [
        "id",
        "mh_delta",
        "mh_class",
        "smd",
        "lr_uniform",
        "lr_total",
        "nagelkerke",
        "jodoin_gierl",
        "p_adjusted",
    ]
    assert [item["id"] for item in items] == NAMES
    assert [item["mh_delta"] for item in items] == pytest.approx(r["mantel_haenszel_delta_score_ge_3"], abs=1e-8)
    for item, ordinal in zip(items, r["ordinal_logistic_dif_matched_on_total"], strict=True):
        for key in ("lr_uniform", "lr_total", "nagelkerke"):
            assert item[key] == pytest.approx(ordinal[key], abs=1e-6)
    assert {item["mh_class"] for item in items} <= {"A", "B", "C"}
    assert {item["jodoin_gierl"] for item in items} <= {"A", "B", "C"}


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


def test_whole_numbers_with_a_decimal_point_are_the_same_label(run: Run) -> None:
    words = ("analyse", "dif", grouped("0.0 1.0"), "--columns", COLUMNS, "--group", "group", "--focal")
    assert found(run(*words, "1")) == found(run(*words, "1.0"))


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
        "mh_delta": None,
        "mh_class": None,
        "smd": None,
        "lr_uniform": None,
        "lr_total": None,
        "nagelkerke": None,
        "jodoin_gierl": None,
        "p_adjusted": None,
    }
    assert "column still: ordinal logistic regression: everybody has the same score on this item" in result.stderr


@pytest.mark.parametrize("cut", ["nan", "inf", "three"])
def test_a_cut_is_a_number(run: Run, cut: str) -> None:
    assert nothing_done(run(*DIF, "--cut", cut)).startswith("Invalid value for '--cut'")
