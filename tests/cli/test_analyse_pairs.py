"""``eiassess analyse pairs FORM RESPONSES.csv [FORM2 RESPONSES2.csv]``."""

import csv
import io
from pathlib import Path

import pytest

from tests.banks.small_bank import COLD_SOUP, FORM_TEXT, KEY, LOST_KEY, OPTIONS, edit, write, write_small_bank
from tests.cli.analysing import found, nothing_done
from tests.cli.conftest import Run

TWINS = {LOST_KEY: "key-in-hand", COLD_SOUP: "warm-soup"}


@pytest.fixture(autouse=True)
def pairs(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small bank with two flip pairs, across two forms and in one for studies."""
    del run
    monkeypatch.setenv("EIASSESS_BANKS", str(tmp_path / "banks"))
    bank = write_small_bank(tmp_path / "banks" / "small")
    for file, twin in TWINS.items():
        name = Path(file).stem
        edit(bank, file, r"^title", f'twin = "{twin}"\ntitle')
        text = (bank / file).read_text(encoding="utf-8").replace(f'id = "{name}"', f'id = "{twin}"', 1)
        write(bank, f"scenarios/recovery/{twin}.toml", text.replace(f'twin = "{twin}"', f'twin = "{name}"', 1))
        turned = "".join(
            f'\n[scenarios.{twin}.{option}]\nvalue = {7 - value}\nrationale = "It turns."\nsources = ["own-it"]\n'
            for option, (_, value, _) in OPTIONS[file].items()
        )
        write(bank, KEY, (bank / KEY).read_text(encoding="utf-8") + turned)
    singles = '"late-bus", "quiet-caller"'
    add_form(bank, "small-b", f'"key-in-hand", {singles}, "warm-soup"')
    add_form(bank, "study", f'"lost-key", "cold-soup", {singles}, "key-in-hand", "warm-soup"', "studies_only = true\n")
    return bank


def add_form(bank: Path, name: str, scenarios: str, more: str = "") -> None:
    write(
        bank,
        f"forms/{name}.toml",
        FORM_TEXT.replace('"small-a"', f'"{name}"').replace("practice =", f"{more}practice ="),
    )
    edit(bank, f"forms/{name}.toml", r"^scenarios = .*$", f"scenarios = [{scenarios}]")


def simulate(run: Run, form: str, n: int, seed: int, to: str) -> str:
    assert run("simulate", form, "--n", str(n), "--seed", str(seed), "-o", to).exit_code == 0
    return to


def renamed(file: str, *names: tuple[str, str]) -> str:
    text = Path(file).read_text(encoding="utf-8")
    for old, new in names:
        assert f"\n{old}," in text
        text = text.replace(f"\n{old},", f"\n{new},")
    Path(file).write_text(text, encoding="utf-8")
    return file


def test_each_person_of_a_form_with_both_halves(run: Run) -> None:
    result = found(run("analyse", "pairs", "study", simulate(run, "study", 30, 1, "r.csv")))
    assert (result["form"], result["same_people"], result["n_pairs"], result["n_known"]) == ("study", True, 2, 30)
    assert "form2" not in result
    assert result["sensitivity_interval"][0] < result["sensitivity"] < result["sensitivity_interval"][1]
    assert 0.3 < result["sensitivity"] < 1
    assert [(each["first"], each["second"], each["n"]) for each in result["pairs"]] == [
        ("lost-key", "key-in-hand", 30), ("cold-soup", "warm-soup", 30),
    ]  # fmt: skip
    text = result["texts"][0]
    assert (text["id"], text["key_first"], text["key_second"], text["key_difference"]) == ("a", 1.0, 6.0, -5.0)
    assert text["difference"] == pytest.approx(text["mean_first"] - text["mean_second"])
    assert len(result["texts"]) == 8
    person = result["people"][0]
    assert (person["person"], person["n_pairs"]) == ("P0001", 2)
    assert person["interval"][0] <= person["sensitivity"] <= person["interval"][1]
    assert sum(each["interval"][0] > 0 for each in result["people"]) == result["n_reading"]


def test_other_people_in_the_second_form(run: Run) -> None:
    files = simulate(run, "small-a", 20, 1, "a.csv"), simulate(run, "small-b", 25, 2, "b.csv")
    ran = run("analyse", "pairs", "small-a", files[0], "small-b", files[1])
    result = found(ran)
    assert (result["form"], result["form2"], result["n_first"], result["n_second"]) == ("small-a", "small-b", 20, 25)
    assert result["form_digest"] != result["form2_digest"]
    assert (result["same_people"], "people" in result, "n_known" in result) == (False, False, False)
    assert [result["texts"][0][name] for name in ("n_first", "n_second")] == [20, 25]
    (warning,) = result["warnings"]
    assert warning.startswith("20 names stand in both files (P0001, ")
    assert warning.endswith("taken for different people; if they are the same people, say --same-people")
    assert "45 of 45 rows read" in ran.stderr
    renamed("b.csv", *((f"P{number:04d}", f"Q{number:04d}") for number in range(1, 26)))
    again = found(run("analyse", "pairs", "small-a", files[0], "small-b", files[1]))
    assert again == {name: value for name, value in result.items() if name != "warnings"}
    said = run("analyse", "pairs", "small-a", files[0], "small-b", files[1], "--format", "table").stdout
    assert "Other people sat the other half, so nothing is known of any one person." in " ".join(said.split())
    assert "lost-key.a" in said


def test_the_same_people_in_two_forms_are_matched_by_name(run: Run) -> None:
    first, second = simulate(run, "small-a", 12, 3, "a.csv"), simulate(run, "small-b", 10, 4, "b.csv")
    lines = Path(second).read_text(encoding="utf-8").splitlines()
    Path(second).write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", encoding="utf-8")
    renamed(second, ("P0010", "Z"))
    ran = run("analyse", "pairs", "small-a", first, "small-b", second, "--same-people")
    result = found(ran)
    assert [each["person"] for each in result["people"]] == [f"P{number:04d}" for number in range(1, 10)]
    assert (result["n_first"], result["n_second"], "warnings" in result) == (9, 9, False)
    assert "4 people stand in one of the files only and are left out" in ran.stderr
    all_match = simulate(run, "small-b", 12, 4, "all.csv")
    assert "left out" not in run("analyse", "pairs", "small-a", first, "small-b", all_match, "--same-people").stderr
    renamed(first, *((f"P{number:04d}", f"X{number:04d}") for number in range(1, 13)))
    ran = run("analyse", "pairs", "small-a", first, "small-b", second, "--same-people")
    assert nothing_done(ran).startswith("no person stands in both files; leave --same-people out")


def test_a_table_shows_the_lowest_first_and_csv_everything(run: Run) -> None:
    simulate(run, "study", 6, 1, "r.csv")
    header, first, *rest = Path("r.csv").read_text(encoding="utf-8").splitlines()
    blank = ",".join([first.split(",")[0], *[""] * header.count(",")])
    Path("r.csv").write_text("\n".join([header, blank, *rest]) + "\n", encoding="utf-8")
    ran = run("analyse", "pairs", "study", "r.csv", "--format", "table")
    said = " ".join(ran.stdout.split())
    assert "0: ignores the situation; 1: rates as the key does." in said
    assert (
        "of 5 people are above 0 by more than their error; of those who do not read, chance puts about 2.5 % there at "
        "most." in said
    )
    assert "key difference mean first n first mean second n second difference difference interval" in said
    assert said.index("P0001 0") > said.index("P0006 2")
    assert "sensitivity of 1 people: fewer than 2 pairs have all ratings, and they vary" in ran.stderr
    rows = list(csv.DictReader(io.StringIO(run("analyse", "pairs", "study", "r.csv", "--format", "csv").stdout)))
    assert [row["part"] for row in rows].count("people") == 6
    assert [row["part"] for row in rows].count("texts") == 8


def test_of_a_form_of_singles_it_is_said_that_it_cannot_be_told(run: Run) -> None:
    ran = run("analyse", "pairs", "small-a", simulate(run, "small-a", 5, 1, "r.csv"))
    assert "nobody rated the same text under two situations" in nothing_done(ran)
    assert not Path("x.json").exists()


def test_what_is_given_has_to_fit_together(run: Run) -> None:
    simulate(run, "small-a", 5, 1, "a.csv")
    simulate(run, "small-b", 5, 1, "b.csv")
    for words in (("small-b",), ("--same-people",)):
        assert "give FORM2 and RESPONSES2.csv together" in nothing_done(
            run("analyse", "pairs", "small-a", "a.csv", *words)
        )
    for again in ("small-a", "small-b"):
        assert "a.csv is given twice; give the answers to the other form, or the first form alone" in nothing_done(
            run("analyse", "pairs", "small-a", "a.csv", again, "a.csv")
        )
    words = ("small-a", "a.csv", "small-b", "b.csv", "-o", "b.csv")
    assert "b.csv holds the data or another result" in nothing_done(run("analyse", "pairs", *words))
