"""``eiassess analyse impact``: the four-fifths rule, its tests, and what cannot be judged."""

import csv
import io

import pytest

from tests.cli.analysing import found, worked, write
from tests.cli.conftest import Run
from tests.cli.impact.people import counted

KEYS = [
    "group",
    "n",
    "selected",
    "rate",
    "impact_ratio",
    "below_four_fifths",
    "z",
    "p_fisher",
    "p_mid",
    "needs_exact_test",
    "significant",
    "ratio_interval",
    "shortfall",
    "flip",
]


def test_numbers_are_those_of_r(run: Run) -> None:
    path = counted(("w", 36, 12), ("m", 80, 48))
    result = run("analyse", "impact", path, "--group", "sex", "--selected", "hired")
    content, r = found(result), worked()["adverse_impact_12of36_vs_48of80"]
    assert list(content) == ["verdict", "not_judged", "unknown_labels", "groups", "local_law_144"]
    verdict = "w: below four fifths of the highest rate, over 116 people, 60 of them selected."
    assert (content["verdict"], content["not_judged"], content["unknown_labels"]) == (verdict, [], {"sex": []})
    highest, group = content["groups"]
    assert list(group) == KEYS
    assert (group["group"], group["n"], group["selected"]) == ("w", 36, 12)
    assert group["rate"] == pytest.approx(1 / 3)
    assert group["impact_ratio"] == pytest.approx(r["impact_ratio"], abs=1e-8)
    assert group["z"] == pytest.approx(r["z_pooled"], abs=1e-8)
    assert group["p_fisher"] == pytest.approx(r["fisher_two_sided"], abs=1e-8)
    assert group["p_mid"] == pytest.approx(r["mid_p_two_sided"], abs=1e-8)
    assert group["below_four_fifths"] is True
    assert (group["shortfall"], group["flip"]) == (6, [])
    assert group["ratio_interval"][0] < group["impact_ratio"] < group["ratio_interval"][1]
    assert (highest["impact_ratio"], highest["below_four_fifths"]) == (1.0, False)
    assert [highest[key] for key in KEYS[6:10]] == [None] * 4
    assert [highest[key] for key in ("significant", "ratio_interval", "flip")] == [None, None, []]
    assert content["local_law_144"] == {
        "categories": [
            {"category": "m", "n": 80, "rate": 0.6, "impact_ratio": 1.0, "excluded": False},
            {"category": "w", "n": 36, "rate": 12 / 36, "impact_ratio": group["impact_ratio"], "excluded": False},
        ],
        "unknown": 0,
    }
    assert "not the independent audit" in result.stderr


@pytest.mark.parametrize(
    ("group", "exact", "significant"),
    [
        (("w", 36, 12), False, True),
        (("w", 36, 18), False, False),
        (("w", 29, 10), True, True),  # by Fisher's test, p .030
        (("w", 29, 11), True, False),  # z is -2.04, and Fisher's p .051
        (("w", 30, 12), False, False),
    ],
)
def test_a_difference_is_judged_by_the_test_that_its_counts_allow(
    run: Run, group: tuple[str, int, int], *, exact: bool, significant: bool
) -> None:
    words = ("analyse", "impact", counted(group, ("m", 80, 48)), "--group", "sex", "--selected", "hired")
    women = found(run(*words))["groups"][1]
    assert (women["needs_exact_test"], women["significant"]) == (exact, significant)
    (row,) = [row for row in csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)) if row["group"] == "w"]
    assert [row["needs_exact_test"], row["significant"]] == [str(exact).lower(), str(significant).lower()]
    assert "significant" in run(*words, "--format", "table").stdout


def test_exactly_four_fifths_is_not_below_and_one_person_flips_it(run: Run) -> None:
    content = found(
        run("analyse", "impact", counted(("a", 50, 20), ("b", 50, 25)), "--group", "sex", "--selected", "hired")
    )
    group = content["groups"][0]
    assert (group["below_four_fifths"], group["shortfall"]) == (False, 0)
    assert "one fewer of the group selected" in group["flip"]


@pytest.mark.parametrize(
    ("cells", "chosen"),
    [(("1", "0"), 6), (("yes", "no"), 6), (("Yes", "NO"), 6), (("1.0", "0.0"), 6), (("true", "false"), 6)],
)
def test_how_selection_is_told(run: Run, cells: tuple[str, str], chosen: int) -> None:
    yes, no = cells
    write("d.csv", "g,s", *[f"a,{yes}"] * 6, *[f"a,{no}"] * 6, "a,", "a,NA", ",1")
    result = run("analyse", "impact", "d.csv", "--group", "g", "--selected", "s")
    content = found(result)
    assert (content["groups"][0]["n"], content["groups"][0]["selected"]) == (12, chosen)
    assert content["local_law_144"]["unknown"] == 1
    assert "2 rows have no s and are left out" in result.stderr


def test_a_cell_that_does_not_tell_is_refused(run: Run) -> None:
    write("d.csv", "g,s", *["a,1"] * 12, "a,maybe")
    result = run("analyse", "impact", "d.csv", "--group", "g", "--selected", "s")
    assert result.stderr.startswith("d.csv: line 14, column s: maybe is not understood; expected 1 or 0, yes or no")
    assert found(result, 1)["groups"][0]["n"] == 12


def test_a_scoring_rate_is_the_share_above_the_full_samples_median(run: Run) -> None:
    scores = [*(("a", number) for number in range(10)), *(("b", number) for number in range(5, 15))]
    write("d.csv", "g,x", *(f"{group},{score}" for group, score in scores), ",100", ",101", "a,")
    content = found(run("analyse", "impact", "d.csv", "--group", "g", "--score", "x"))
    assert [(row["group"], row["n"], row["selected"]) for row in content["groups"]] == [("a", 10, 2), ("b", 10, 7)]
    assert content["local_law_144"]["unknown"] == 2


def test_two_columns_give_both_and_their_intersections(run: Run) -> None:
    people = [("f", "x", 20, 10), ("f", "y", 20, 5), ("m", "x", 20, 15), ("m", "y", 20, 10), ("m", "", 4, 4)]
    rows = [f"{sex},{origin},{int(place < chosen)}" for sex, origin, n, chosen in people for place in range(n)]
    write("d.csv", "sex,origin,s", *rows)
    content = found(run("analyse", "impact", "d.csv", "--group", "sex,origin", "--selected", "s"))
    assert [row["group"] for row in content["groups"]] == ["f", "m", "x", "y"]
    law = {row["category"]: row for row in content["local_law_144"]["categories"]}
    assert list(law) == ["f", "m", "x", "y", "f / x", "f / y", "m / x", "m / y"]
    assert content["local_law_144"]["unknown"] == 4
    assert (law["x"]["impact_ratio"], law["m"]["impact_ratio"], law["m / x"]["impact_ratio"]) == (1.0, 1.0, 1.0)
    assert law["f / y"]["impact_ratio"] == pytest.approx(0.25 / 0.75)
    assert law["m"]["n"] == 44


def test_labels_that_both_columns_have(run: Run) -> None:
    write("d.csv", "a,b,s", *["x,x,1", "y,x,0", "x,z,1"] * 12)
    content = found(run("analyse", "impact", "d.csv", "--group", "a,b", "--selected", "s"))
    assert [row["group"] for row in content["groups"]] == ["a=x", "y", "b=x", "z"]


def test_groups_of_fewer_than_ten_are_in_the_local_law_144_table_only(run: Run) -> None:
    result = run("analyse", "impact", counted(("a", 500, 100), ("b", 9, 1)), "--group", "sex", "--selected", "hired")
    content = found(result)
    assert [row["group"] for row in content["groups"]] == ["a"]
    assert "groups of fewer than 10 are in the Local Law 144 table only: b" in result.stderr
    (_, small) = content["local_law_144"]["categories"]
    assert (small["n"], small["excluded"], small["impact_ratio"]) == (9, False, pytest.approx((1 / 9) / 0.2))
    tiny = found(run("analyse", "impact", counted(("a", 1, 1), ("b", 1, 0)), "--group", "sex", "--selected", "hired"))
    assert tiny["groups"] == []
    assert [row["impact_ratio"] for row in tiny["local_law_144"]["categories"]] == [1.0, 0.0]


def test_ten_people_are_judged_and_nine_are_not(run: Run) -> None:
    words = ("analyse", "impact", "d.csv", "--group", "sex", "--selected", "hired")
    counted(("a", 40, 20), ("b", 10, 4), ("c", 9, 1))
    content = found(run(*words))
    assert [row["group"] for row in content["groups"]] == ["a", "b"]
    assert content["not_judged"] == [{"group": "c", "reason": "fewer than 10 people"}]
    assert content["verdict"] == (
        "No group that is large enough is below four fifths, over 59 people, 25 of them selected. Not judged: c (fewer"
        " than 10 people)."
    )
    counted(("a", 40, 20), ("b", 10, 3), ("c", 9, 9))
    assert found(run(*words))["verdict"] == (
        "b: below four fifths of the highest rate, over 59 people, 32 of them selected. Not judged: c (fewer than 10"
        " people)."
    )


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ([("Woman", 30, 10)], "there is one group only, Woman"),
        ([("Woman", 30, 0)], "there is one group only, Woman"),
        ([("Man", 20, 0), ("Woman", 20, 0)], "nobody was selected"),
        ([("Man", 20, 0), ("Woman", 20, 0), ("", 3, 3)], "nobody of these groups was selected"),
        ([("Man", 20, 0), ("Woman", 20, 0), ("X", 3, 3)], "nobody of these groups was selected"),
        ([("Man", 20, 4), ("Woman", 9, 0)], "only one group has 10 people"),
        ([("Man", 9, 4), ("Woman", 9, 0)], "no group has 10 people"),
    ],
)
def test_where_nothing_can_be_compared_nothing_is_said_to_be_well(
    run: Run, groups: list[tuple[str, int, int]], reason: str
) -> None:
    words = ("analyse", "impact", counted(*groups), "--group", "sex", "--selected", "hired")
    content = found(run(*words))
    assert content["verdict"].startswith(f"Four fifths cannot be judged for sex ({reason}), over ")
    assert content["verdict"] in " ".join(run(*words, "--format", "table").stdout.splitlines())
    assert {row["group"] for row in content["groups"]} <= {each["group"] for each in content["not_judged"]}
    for row in content["groups"]:
        assert [row[key] for key in KEYS[4:-1]] == [None] * 9
        assert row["flip"] == []


@pytest.mark.parametrize("groups", [[("Woman", 30, 10)], [("Man", 20, 0), ("Woman", 20, 0)]])
def test_one_category_or_nobody_selected_has_no_local_law_144_ratio(
    run: Run, groups: list[tuple[str, int, int]]
) -> None:
    content = found(run("analyse", "impact", counted(*groups), "--group", "sex", "--selected", "hired"))
    assert {row["impact_ratio"] for row in content["local_law_144"]["categories"]} == {None}


def test_everybody_selected_can_be_judged(run: Run) -> None:
    content = found(
        run("analyse", "impact", counted(("a", 12, 12), ("b", 10, 10)), "--group", "sex", "--selected", "hired")
    )
    assert content["verdict"] == "No group is below four fifths, over 22 people, 22 of them selected."
    assert [row["impact_ratio"] for row in content["groups"]] == [1, 1]


def test_of_two_columns_the_one_that_cannot_be_judged_is_named(run: Run) -> None:
    write("d.csv", "sex,origin,s", *["f,x,1"] * 12, *["f,y,1"] * 9, *["f,y,0"] * 3)
    content = found(run("analyse", "impact", "d.csv", "--group", "sex,origin", "--selected", "s"))
    assert content["verdict"] == (
        "y: below four fifths of the highest rate; four fifths cannot be judged for sex (there is one group only, f),"
        " over 24 people, 21 of them selected."
    )
    write("d.csv", "sex,origin,s", *["f,x,1"] * 12, *["f,y,1"] * 10, *["f,y,0"] * 2)
    assert found(run("analyse", "impact", "d.csv", "--group", "sex,origin", "--selected", "s"))["verdict"] == (
        "No group of origin is below four fifths; four fifths cannot be judged for sex (there is one group only, f),"
        " over 24 people, 22 of them selected."
    )
