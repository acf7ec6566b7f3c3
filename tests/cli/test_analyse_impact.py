import csv
import io
from itertools import chain, repeat
from pathlib import Path

import pytest

from tests.cli.analysing import found, nothing_done, worked, write
from tests.cli.conftest import Run

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
    "ratio_interval",
    "shortfall",
    "flip",
]


def counted(*groups: tuple[str, int, int]) -> str:
    """Write people of groups, so many and so many of them selected."""
    rows = chain.from_iterable(
        [*repeat(f"{name},1", chosen), *repeat(f"{name},0", n - chosen)] for name, n, chosen in groups
    )
    return write("d.csv", "sex,hired", *rows)


def test_numbers_are_those_of_r(run: Run) -> None:
    path = counted(("w", 36, 12), ("m", 80, 48))
    result = run("analyse", "impact", path, "--group", "sex", "--selected", "hired")
    content, r = found(result), worked()["adverse_impact_12of36_vs_48of80"]
    assert list(content) == ["groups", "local_law_144"]
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
    assert [highest[key] for key in ("z", "p_fisher", "p_mid", "ratio_interval", "flip")] == [None] * 4 + [[]]
    assert content["local_law_144"] == {
        "categories": [
            {"category": "m", "n": 80, "rate": 0.6, "impact_ratio": 1.0, "excluded": False},
            {"category": "w", "n": 36, "rate": 12 / 36, "impact_ratio": group["impact_ratio"], "excluded": False},
        ],
        "unknown": 0,
    }
    assert "not the independent audit" in result.stderr


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
    assert (small["n"], small["excluded"], small["impact_ratio"]) == (9, True, None)
    tiny = found(run("analyse", "impact", counted(("a", 1, 1), ("b", 1, 0)), "--group", "sex", "--selected", "hired"))
    assert tiny["groups"] == []
    assert [row["impact_ratio"] for row in tiny["local_law_144"]["categories"]] == [1.0, 0.0]


def test_nobody_selected(run: Run) -> None:
    content = found(
        run("analyse", "impact", counted(("a", 12, 0), ("b", 10, 0)), "--group", "sex", "--selected", "hired")
    )
    assert [row["impact_ratio"] for row in content["groups"]] == [None, None]
    assert content["groups"][1]["z"] is None


def test_csv_and_table_hold_both_lists(run: Run) -> None:
    words = ("analyse", "impact", counted(("w", 36, 12), ("m", 80, 48)), "--group", "sex", "--selected", "hired")
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))
    assert [row["part"] for row in rows] == ["total", *["groups"] * 2, *["local_law_144.categories"] * 2]
    assert rows[0]["local_law_144.unknown"] == "0"
    table = run(*words, "--format", "table").stdout
    assert table.startswith("w: below four fifths of the highest rate, over 116 people, 60 of them selected.\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--group", "g"), "give either --selected or --score"),
        (("--group", "g", "--selected", "s", "--score", "x"), "give either --selected or --score"),
        (("--group", "g,s,x", "--selected", "g"), "--group g,s,x: 3 columns; one or two can be crossed"),
        (("--group", "g", "--selected", "t"), "d.csv: line 1: there is no column t; the columns are g, s, x, none"),
        (("--group", "g", "--score", "none"), "column none is blank everywhere"),
        (("--group", "none", "--score", "x"), "column none: nobody's group is known"),
    ],
)
def test_what_cannot_be_done(run: Run, words: tuple[str, ...], message: str) -> None:
    write("d.csv", "g,s,x,none", "a,1,2,", "b,0,3,NA")
    assert nothing_done(run("analyse", "impact", "d.csv", *words)) == message


def test_columns_that_are_never_known_together_have_no_intersections(run: Run) -> None:
    write("d.csv", "a,b,s", *["x,,1", ",z,0"] * 12)
    law = found(run("analyse", "impact", "d.csv", "--group", "a,b", "--selected", "s"))["local_law_144"]
    assert [row["category"] for row in law["categories"]] == ["x", "z"]
    assert law["unknown"] == 24


def test_labels_that_are_not_utf8_are_refused(run: Run) -> None:
    Path("d.csv").write_bytes(b"g,s\n" + b"Zo\xc3\xab,1\n" * 10 + b"Zo\xeb,1\n")
    result = run("analyse", "impact", "d.csv", "--group", "g", "--selected", "s")
    assert result.stderr.startswith("d.csv: line 12, column g: 'Zo\\udceb' is not understood; expected UTF-8 text")
    assert found(result, 1)["groups"][0]["group"] == "Zoë"
