import csv
import io
from itertools import chain, repeat
from pathlib import Path
from typing import Any

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
    "needs_exact_test",
    "significant",
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


# Words for unknown, and spellings

UNKNOWN_WORDS = (("Unknown", 11, 8), ("N/A", 10, 7), ("n.a.", 10, 8), ("-", 10, 8), ("?", 10, 7))
PEOPLE = (("Woman", 60, 21), ("Man", 80, 30))


def test_words_for_unknown_are_no_group_and_no_reference(run: Run) -> None:
    path = counted(*PEOPLE, *UNKNOWN_WORDS, ("Prefer not to say", 12, 10))
    words = ("analyse", "impact", path, "--group", "sex", "--selected", "hired")
    content = found(run(*words))
    man, woman = content["groups"]
    assert (woman["group"], woman["n"], woman["selected"]) == ("Woman", 60, 21)
    assert (man["group"], man["n"], man["selected"]) == ("Man", 80, 30)
    assert woman["impact_ratio"] == pytest.approx((21 / 60) / (30 / 80), abs=1e-12)
    assert round(woman["impact_ratio"], 4) == 0.9333
    assert content["verdict"] == "No group is below four fifths, over 140 people, 51 of them selected."
    assert content["local_law_144"]["unknown"] == 63
    assert [row["category"] for row in content["local_law_144"]["categories"]] == ["Man", "Woman"]
    assert content["unknown_labels"] == {"sex": ["-", "?", "N/A", "Prefer not to say", "Unknown", "n.a."]}
    assert "63 people's sex is unknown (-, ?, N/A, Prefer not to say, Unknown, n.a.): counted apart.\n" in (
        run(*words, "--format", "table").stdout
    )


def test_more_words_for_unknown_by_option(run: Run) -> None:
    counted(*PEOPLE, ("Other, or none", 10, 9), ("Z", 10, 9), ("blank", 3, 1))
    words = ("analyse", "impact", "d.csv", "--group", "sex", "--selected", "hired", "--unknown")
    rows = Path("d.csv").read_text(encoding="utf-8").replace("Other, or none", '"Other, or none"')
    Path("d.csv").write_text(rows, encoding="utf-8")
    content = found(run(*words, "OTHER,  or none"))
    assert content["unknown_labels"]["sex"] == ["Other, or none", "blank"]
    assert "warnings" not in content
    content = found(run(*words, "z, X"))
    assert content["unknown_labels"]["sex"] == ["Z", "blank"]
    assert content["warnings"] == ["--unknown: nobody has X"]


def spellings(run: Run, *more: str) -> dict[str, Any]:
    counted(("Female", 40, 15), ("FEMALE", 9, 0), ("female", 9, 0), ("Male", 100, 40))
    return found(run("analyse", "impact", "d.csv", "--group", "sex", "--selected", "hired", *more))


def test_labels_that_differ_in_spelling_alone_are_warned_of(run: Run) -> None:
    content = spellings(run)
    (warning,) = content["warnings"]
    assert warning == (
        "column sex: Female, FEMALE, female differ only in case, spaces or Unicode form, yet count as different groups;"
        " --merge takes them as one"
    )
    assert content["verdict"].endswith(" selected. Not judged: FEMALE, female (fewer than 10 people).")


def test_labels_that_differ_in_spelling_alone_are_merged_on_request(run: Run) -> None:
    content = spellings(run, "--merge")
    female, male = content["groups"]
    assert (female["group"], female["n"], female["selected"]) == ("Female", 58, 15)
    assert (male["group"], male["n"], male["selected"]) == ("Male", 100, 40)
    assert female["impact_ratio"] == pytest.approx(0.6466, abs=5e-5)
    assert female["p_fisher"] == pytest.approx(0.08442, abs=5e-6)
    assert content["verdict"] == "Female: below four fifths of the highest rate, over 158 people, 55 of them selected."
    assert content["warnings"] == ["column sex: FEMALE, female taken as Female"]


# Local Law 144: the rule's own example, 6 RCNY 5-301 (b), from its published counts

RACES = (
    "Hispanic or Latino",
    "White",
    "Black or African American",
    "Native Hawaiian or Pacific Islander",
    "Asian",
    "Native American or Alaska Native",
    "Two or More Races",
)
MEN = ((205, 90), (412, 215), (226, 95), (87, 37), (321, 167), (24, 11), (115, 52))
WOMEN = ((190, 82), (385, 197), (164, 75), (32, 15), (295, 135), (17, 7), (98, 44))
BY_RACE = ((408, 204), (797, 412), (390, 170), (119, 52), (616, 302), (41, 18), (213, 96))
RATIOS_OF_MEN = (0.841, 1, 0.806, 0.815, 0.997, 0.878, 0.866)
RATIOS_OF_WOMEN = (0.827, 0.981, 0.876, 0.898, 0.877, 0.789, 0.860)
RATIOS_BY_RACE = (0.97, 1, 0.84, 0.85, 0.95, 0.85, 0.87)
SMALL = "Native American or Alaska Native"


def example_by_both(word: str, *, race_alone_unknown: int = 0) -> str:
    """Write the example's people; of the last men of two or more races some have a word for their race."""
    rows = []
    for sex, counts in (("Male", MEN), ("Female", WOMEN)):
        for race, (n, chosen) in zip(RACES, counts, strict=True):
            rows += [f"{sex},{race},{int(place < chosen)}" for place in range(n)]
    rows += [f"{word},{word},{int(place < 150)}" for place in range(250)]
    rows += [f"Male,{word},0"] * race_alone_unknown
    return write("ll.csv", "sex,race,selected", *rows)


def law(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["category"]: row for row in content["local_law_144"]["categories"]}


BY_BOTH = ("analyse", "impact", "ll.csv", "--group", "sex,race", "--selected", "selected")


@pytest.mark.parametrize("word", ["", "Unknown", "N/A", "prefer not to say"])
def test_all_ratios_of_the_rules_example_come_out(run: Run, word: str) -> None:
    example_by_both(word)
    content = found(run(*BY_BOTH))
    ratios = {name: row["impact_ratio"] for name, row in law(content).items()}
    assert len(ratios) == 2 + 7 + 14
    assert (ratios["Male"], ratios["Female"]) == (1, pytest.approx(0.979, abs=5e-4))
    for race, man, woman in zip(RACES, RATIOS_OF_MEN, RATIOS_OF_WOMEN, strict=True):
        assert ratios[f"Male / {race}"] == pytest.approx(man, abs=5.01e-4)
        assert ratios[f"Female / {race}"] == pytest.approx(woman, abs=5.01e-4)
    assert ratios[SMALL] == pytest.approx(0.849, abs=5e-4)
    assert not any(row["excluded"] or "reason" in row for row in law(content).values())
    assert content["local_law_144"]["unknown"] == 250
    assert content["local_law_144"]["unknown_by"] == {"sex": 250, "race": 250}
    assert content["verdict"] == "No group of sex, race is below four fifths, over 2571 people, 1222 of them selected."


@pytest.mark.parametrize("word", ["", "Not stated"])
def test_all_ratios_by_race_of_the_rules_example_come_out(run: Run, word: str) -> None:
    rows = [
        f"{race},{int(place < chosen)}" for race, (n, chosen) in zip(RACES, BY_RACE, strict=True) for place in range(n)
    ]
    write("ll.csv", "race,selected", *rows, *(f"{word},{int(place < 150)}" for place in range(250)))
    content = found(run("analyse", "impact", "ll.csv", "--group", "race", "--selected", "selected"))
    ratios = {name: row["impact_ratio"] for name, row in law(content).items()}
    for race, ratio in zip(RACES, RATIOS_BY_RACE, strict=True):
        assert ratios[race] == pytest.approx(ratio, abs=5.01e-3)
    assert (content["local_law_144"]["unknown"], len(ratios)) == (250, 7)


def test_people_whose_race_alone_is_unknown_count_by_sex(run: Run) -> None:
    example_by_both("Unknown", race_alone_unknown=40)
    content = found(run(*BY_BOTH))
    assert (law(content)["Male"]["n"], law(content)["Female"]["n"]) == (1390 + 40, 1181)
    assert sum(row["n"] for name, row in law(content).items() if " / " in name) == 2571
    assert content["local_law_144"]["unknown"] == 290
    assert content["local_law_144"]["unknown_by"] == {"sex": 250, "race": 290}
    table = run(*BY_BOTH, "--format", "table").stdout
    assert "250 people's sex is unknown (Unknown): counted apart.\n" in table
    said = "290 people's race is unknown (Unknown): counted apart; 40 of them count by sex, and in no intersection.\n"
    assert said in table


@pytest.mark.parametrize("category", [SMALL, SMALL.upper(), f" {SMALL} "])
def test_a_category_is_left_out_by_choice_with_a_reason(run: Run, category: str) -> None:
    example_by_both("")
    plain = law(found(run(*BY_BOTH)))
    content = found(run(*BY_BOTH, "--leave-out", f"{category}= 41 people = 1.6 %, decided by D. Doe "))
    assert law(content)[SMALL] == {
        "category": SMALL,
        "n": 41,
        "rate": 18 / 41,
        "impact_ratio": None,
        "excluded": True,
        "reason": "41 people = 1.6 %, decided by D. Doe",
    }
    assert all(row == plain[name] for name, row in law(content).items() if name != SMALL)
    table = run(*BY_BOTH, "--leave-out", f"{SMALL}=few", "--format", "table").stdout
    assert f"Left out of the Local Law 144 ratios: {SMALL} (few).\n" in table


def test_the_base_is_the_highest_of_those_that_are_left(run: Run) -> None:
    path = counted(("a", 100, 50), ("b", 97, 20), ("c", 2, 2))
    words = ("analyse", "impact", path, "--group", "sex", "--selected", "hired")
    assert [row["impact_ratio"] for row in law(found(run(*words))).values()] == [0.5, pytest.approx(20 / 97), 1]
    left = law(found(run(*words, "--leave-out", "c=two people")))
    assert [row["impact_ratio"] for row in left.values()] == [1, pytest.approx(40 / 97), None]


def test_several_are_left_out_each_with_its_own_reason(run: Run) -> None:
    example_by_both("")
    words = [word for sex in ("Male", "Female") for word in ("--leave-out", f"{sex} / {SMALL}={sex} few")]
    content = law(found(run(*BY_BOTH, *words)))
    assert {name: row["reason"] for name, row in content.items() if row["excluded"]} == {
        f"Male / {SMALL}": "Male few",
        f"Female / {SMALL}": "Female few",
    }
    assert content[SMALL]["impact_ratio"] is not None


def test_a_category_can_have_the_sign_in_its_name(run: Run) -> None:
    write("d.csv", "a,b,s", *["x,y,1", "z,w,0"] * 60, "y,x,1")
    words = ("analyse", "impact", "d.csv", "--group", "a,b", "--selected", "s")
    content = law(found(run(*words, "--leave-out", "b=x=only one")))
    assert (content["b=x"]["reason"], content["a=x"]["excluded"]) == ("only one", False)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["Asian=few"], "Asian has 616 of 2571 people; only a category with under 2 % of them may be left out"),
        (["Asians=few"], "--leave-out Asians=few: there is no such category; there are Asian, Black or African"),
        ([SMALL], f"--leave-out {SMALL}: is not understood; expected CATEGORY=REASON"),
        ([f"{SMALL}= "], f"--leave-out {SMALL}= : no reason is given; expected CATEGORY=REASON"),
        ([f"{SMALL}=a", f"{SMALL}=b"], f"--leave-out {SMALL}=b: {SMALL} is named twice"),
    ],
)
def test_what_cannot_be_left_out(run: Run, words: list[str], message: str) -> None:
    example_by_both("")
    given = [word for each in words for word in ("--leave-out", each)]
    assert nothing_done(run(*BY_BOTH, *given)).startswith(message)


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
