"""``eiassess analyse impact``: the tables of Local Law 144, and categories that are left out."""

from typing import Any

import pytest

from tests.cli.analysing import found, nothing_done, write
from tests.cli.conftest import Run
from tests.cli.impact.people import counted

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
