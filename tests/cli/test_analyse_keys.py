"""``eiassess analyse keys FORM RESPONSES.csv``."""

import re
from pathlib import Path

import pytest

from eiassess.domain.shown_scores import shown_score
from tests.banks.small_bank import edit, write_small_bank
from tests.cli.analysing import found, nothing_done
from tests.cli.conftest import Run

BOTH = ("--rule", "standardised", "--rule", "distance")


@pytest.fixture(autouse=True)
def small(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small bank with a second key, and answers in r.csv."""
    monkeypatch.setenv("EIASSESS_BANKS", str(tmp_path / "banks"))
    bank = write_small_bank(tmp_path / "banks" / "small")
    other = (bank / "keys/theory-1.toml").read_text(encoding="utf-8").replace('id = "theory-1"', 'id = "theory-2"', 1)
    (bank / "keys/theory-2.toml").write_text(other, encoding="utf-8")
    edit(bank, "keys/theory-2.toml", r"^value = 5\.5$", "value = 2.0")
    assert run("simulate", "small-a", "--n", "40", "--seed", "3", "-o", "r.csv").exit_code == 0
    return bank


def with_group(*labels: str) -> str:
    """Put each person's group into the file."""
    lines = Path("r.csv").read_text(encoding="utf-8").splitlines()
    rows = [f"{line},{labels[number % len(labels)]}" for number, line in enumerate(lines[1:])]
    Path("g.csv").write_text("\n".join([f"{lines[0]},team", *rows]) + "\n", encoding="utf-8")
    return "g.csv"


def test_two_rules_over_the_same_answers(run: Run) -> None:
    result = found(run("analyse", "keys", "small-a", "r.csv", *BOTH))
    assert (result["n_people"], result["n_both"]) == (40, 40)
    first, second = result["ways"]["first"], result["ways"]["second"]
    assert (first["rule"], second["rule"], first["key"]) == ("standardised", "distance", "theory-1 version 1")
    assert first["key_digest"] == second["key_digest"]
    assert first["alpha_interval"][0] < first["alpha"] < first["alpha_interval"][1]
    assert result["rank_order_interval"][0] < result["rank_order"] < result["rank_order_interval"][1]
    assert 0 <= result["n_moved"] <= 40
    assert {each["key_distance"] for each in result["scenarios"]} == {0}
    assert "d" not in first


def test_a_table_has_means_of_scores_as_whole_numbers_and_files_have_all_decimals(run: Run) -> None:
    result = found(run("analyse", "keys", "small-a", "r.csv", *BOTH))
    way = result["ways"]["first"]
    assert way["mean"] != round(way["mean"])
    table = run("analyse", "keys", "small-a", "r.csv", *BOTH, "--format", "table").stdout
    low, high = (shown_score(end) for end in way["mean_interval"])
    assert re.search(rf"\s{shown_score(way['mean'])}\s+{low} to {high}\s", table)
    for each in result["scenarios"]:
        assert re.search(
            rf"{each['id']}\s.*\s{shown_score(each['mean_first'])}\s+{shown_score(each['mean_second'])}\s", table
        )


def test_two_keys_by_stem_and_by_path(run: Run, small: Path) -> None:
    by_stem = found(run("analyse", "keys", "small-a", "r.csv", "--key", "theory-1", "--key", "theory-2"))
    path = str(small / "keys/theory-2.toml")
    assert by_stem == found(run("analyse", "keys", "small-a", "r.csv", "--key", "theory-1", "--key", path))
    assert max(each["key_distance"] for each in by_stem["scenarios"]) == pytest.approx(3.5 / 4)


def test_groups_are_compared_under_each_way(run: Run) -> None:
    result = found(run("analyse", "keys", "small-a", with_group("a", "b"), *BOTH, "--group", "team", "--focal", "a"))
    assert (result["focal"], result["reference"]) == ("a", "b")
    for way in result["ways"].values():
        assert way["d_interval"][0] < way["d"] < way["d_interval"][1]
        assert (way["n_focal"], way["n_reference"]) == (20, 20)
    words = ("--group", "team", "--focal", "a", "--reference", "c")
    result = found(run("analyse", "keys", "small-a", with_group("a", "b", "c", ""), *BOTH, *words))
    assert (result["ways"]["first"]["n_focal"], result["ways"]["first"]["n_reference"]) == (10, 10)
    unknown = run("analyse", "keys", "small-a", with_group("a", "b", "c", "Unknown"), *BOTH, *words)
    assert found(unknown) == result
    run_ = run("analyse", "keys", "small-a", with_group(*"abcdefgh"), *BOTH, "--group", "team", "--focal", "a")
    assert found(run_)["ways"]["first"]["d"] is None
    assert "first: group difference: a group has 5 scores" in run_.stderr


def test_a_terminal_is_told_what_differs_and_not_what_is_better(run: Run) -> None:
    said = run("analyse", "keys", "small-a", "r.csv", *BOTH, "--format", "table").stdout
    assert said.startswith("The two orders of 40 people correlate ")
    assert "better" not in said
    assert "key digest" not in said


def test_few_people_give_reasons(run: Run) -> None:
    lines = Path("r.csv").read_text(encoding="utf-8").splitlines()
    Path("few.csv").write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")
    result = run("analyse", "keys", "small-a", "few.csv", *BOTH, "--format", "table")
    assert result.stdout.startswith("The two orders of 2 people cannot be compared")
    assert "rank order: 2 people with both scores are too few" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "both ways to score are the same"),
        (["--rule", "distance"] * 3, "--rule is given 3 times"),
        (["--key", "theory-1"] * 3, "--key is given 3 times"),
        (["--rule", "standardised", "--rule", "hits"], "its rules: standardised, distance, squared distance"),
        (["--key", "no-such.toml"], "There is no key file 'no-such.toml'"),
        (["--key", "no-such"], "keys/no-such.toml: is missing"),
        ([*BOTH, "--group", "team"], "give --group and --focal together"),
        ([*BOTH, "--reference", "b"], "give --group and --focal together"),
        ([*BOTH, "--group", "team", "--focal", "a"], "missing columns: team"),
    ],
)
def test_what_cannot_be_compared_is_refused(run: Run, words: list[str], said: str) -> None:
    assert said in nothing_done(run("analyse", "keys", "small-a", "r.csv", *words))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--focal", "z"], "column team: nobody has z; there are a, b"),
        (["--focal", "a", "--reference", "z"], "column team: nobody has z"),
        (["--focal", "a", "--reference", "a"], "--reference a is the focal group"),
    ],
)
def test_a_group_must_be_there(run: Run, words: list[str], said: str) -> None:
    assert said in nothing_done(
        run("analyse", "keys", "small-a", with_group("a", "b"), *BOTH, "--group", "team", *words)
    )


def test_a_group_that_is_no_text_is_refused_in_its_row(run: Run) -> None:
    content = Path(with_group("a", "b")).read_bytes().replace(b",a\n", b",\xff\n", 1)
    Path("g.csv").write_bytes(content)
    result = run("analyse", "keys", "small-a", "g.csv", *BOTH, "--group", "team", "--focal", "a")
    assert result.exit_code == 1
    assert "g.csv: line 2, column team: " in result.stderr


@pytest.mark.parametrize(
    ("pattern", "replacement", "said"),
    [
        (r"^\[scenarios\.lost-key\.b\]$", "[scenarios.lost-key.z]", "scenarios.lost-key.b: is missing; form 'small-a'"),
        (r"^scale = \[1, 6\]$", "scale = [1, 7]", "scale: expected [1, 6], as 'lost-key' is rated"),
        (r'^id = "theory-2"$', 'id = "other"', "expected 'theory-2', the file's name"),
    ],
)
def test_a_key_must_fit_the_form(run: Run, small: Path, pattern: str, replacement: str, said: str) -> None:
    edit(small, "keys/theory-2.toml", pattern, replacement)
    for name in ("theory-2", str(small / "keys/theory-2.toml")):
        assert said in nothing_done(run("analyse", "keys", "small-a", "r.csv", "--key", "theory-1", "--key", name))
