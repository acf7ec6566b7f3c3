"""``eiassess analyse differences RESPONSES.csv --form FORM``."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.banks.small_bank import COMPETENCY, KEY_HEAD, STYLE, write, write_small_bank
from tests.cli.analysing import REFERENCE, found, nothing_done
from tests.cli.conftest import Run

WORKED = json.loads((REFERENCE / "differences.json").read_text(encoding="utf-8"))
SETS = [each["name"] for each in WORKED["sets"]]
EXACT = 1e-9
FILE = "r.csv"
NAMES = [f"s{number:02d}" for number in range(12)]
KINDS = {"rate": "responses", "emotions": "emotions"}


@pytest.fixture(autouse=True)
def worked_form(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form of the reference numbers, in a bank of its own."""
    del run
    monkeypatch.setenv("EIASSESS_BANKS", str(tmp_path / "banks"))
    bank = write_small_bank(tmp_path / "banks" / "small")
    of_area: dict[str, list[str]] = {}
    for competency, area in WORKED["area_of_competency"].items():
        of_area.setdefault(area, []).append(competency.lower())
    groups = (
        f'\n[[groups]]\nid = "{area}"\nname = "{area}"\ndefinition = "An area."\ncompetencies = {json.dumps(own)}\n'
        for area, own in of_area.items()
    )
    texts = (COMPETENCY.format(id=name.lower(), name=name) for name in WORKED["area_of_competency"])
    write(bank, "competencies.toml", "".join((*groups, *texts, STYLE.format(id="plain", name="Plain"))))
    key = [KEY_HEAD]
    for name, competency, kind, values in zip(
        NAMES, WORKED["competency_of_scenario"], WORKED["format_of_scenario"], WORKED["key"], strict=True
    ):
        options = "".join(f'\n[[options]]\nid = "{o}"\ntext = "{name} {o}"\n' for o in "abcde"[: len(values)])
        head = f'id = "{name}"\nversion = 1\ntitle = "{name}"\nkind = "{KINDS[kind]}"\n'
        of_what = f'competency = "{competency.lower()}"\nchannel = "phone"\ntrade = "repair"\n'
        rest = 'sources = ["own-it"]\nsituation = "It happened."\n'
        write(bank, f"scenarios/{competency.lower()}/{name}.toml", head + of_what + rest + options)
        key += [
            f'\n[scenarios.{name}.{o}]\nvalue = {value}\nrationale = "It helps."\nsources = ["own-it"]\n'
            for o, value in zip("abcde", values, strict=False)
        ]
    write(bank, "keys/theory-1.toml", "".join(key))
    text = (bank / "forms" / "small-a.toml").read_text(encoding="utf-8").replace('"small-a"', '"worked"')
    head, _, _ = text.partition("scenarios =")
    write(bank, "forms/worked.toml", f"{head}scenarios = {json.dumps(NAMES)}\n")


def write_set(number: int, times: int = 1) -> dict[str, Any]:
    """Write the people of a reference set, P0, P1, ..., as a file; more than once under further names."""
    given: dict[str, Any] = WORKED["sets"][number]
    rows = [
        [f"P{place}", *("" if value is None else str(value) for page in person["responses"] for value in page)]
        for place, person in enumerate(given["persons"] * times)
    ]
    header = ["person", *(f"{n}.{o}" for n, own in zip(NAMES, WORKED["key"], strict=True) for o in "abcde"[: len(own)])]
    Path(FILE).write_text("".join(f"{','.join(row)}\n" for row in [header, *rows]), encoding="utf-8")
    return given


def asked(run: Run, *more: str) -> dict[str, Any]:
    return found(run("analyse", "differences", FILE, "--form", "worked", "--format", "json", *more))


def refused(run: Run, *more: str) -> str:
    return nothing_done(run("analyse", "differences", FILE, "--form", "worked", *more))


def near(value: Any) -> Any:
    return None if value is None else pytest.approx(value, abs=EXACT)


@pytest.mark.parametrize("number", range(len(SETS)), ids=SETS)
def test_persons_are_the_reference_numbers(run: Run, number: int) -> None:
    given = write_set(number)
    result = asked(run)
    expected = given["expected"]
    assert list(result) == ["n", "d0", "s0_squared", "persons", "pairs"]
    assert result["n"] == expected["n"]
    assert (result["d0"], result["s0_squared"]) == (near(expected["d0"]), near(expected["s0_squared"]))
    for place, (cells, person) in enumerate(zip(result["persons"], given["persons"], strict=True)):
        own = person["expected"]
        assert cells["person"] == f"P{place}"
        assert (cells["z"], cells["score"]) == (near(own["z"]), near(own["score"]))
        if own["q"] is None:
            assert cells["reason"] == "alike-without-one"
            assert cells["variance"] is cells["df"] is cells["interval"] is None
        else:
            assert list(cells) == ["person", "z", "variance", "df", "score", "interval"]
            assert (cells["variance"], cells["df"]) == (near(own["variance"]), near(own["df"]))
            assert cells["interval"] == near(own["interval"])


@pytest.mark.parametrize("number", range(len(SETS)), ids=SETS)
def test_pairs_are_the_reference_numbers(run: Run, number: int) -> None:
    given = write_set(number)
    result = asked(run)
    of_pair = {(pair["a"], pair["b"]): pair for pair in result["pairs"]}
    compared = [cells["person"] for cells in result["persons"] if cells["variance"] is not None]
    assert len(of_pair) == len(compared) * (len(compared) - 1) // 2
    for pair in given["expected"]["pairs"]:
        cells = of_pair[f"P{pair['a']}", f"P{pair['b']}"]
        assert (cells["t"], cells["df"], cells["p"]) == (near(pair["t"]), near(pair["df"]), near(pair["p"]))


@pytest.mark.parametrize("number", range(len(SETS)), ids=SETS)
def test_named_pairs_are_one_page_with_its_areas(run: Run, number: int) -> None:
    given = write_set(number)
    for page in given["expected"]["pages"]:
        overall = [test for test in page["tests"] if test["what"] == "overall"]
        result = asked(run, "--pairs", ",".join(f"P{test['a']}:P{test['b']}" for test in overall))
        assert [(cells["a"], cells["b"]) for cells in result["pairs"]] == [
            (f"P{test['a']}", f"P{test['b']}") for test in overall
        ]
        assert [cells["differs"] for cells in result["pairs"]] == [test["differs"] for test in overall]


def test_a_pair_with_somebody_who_is_not_compared_is_not_known(run: Run) -> None:
    write_set(0)
    result = asked(run, "--pairs", "P0:P14, P0:P1")
    assert result["pairs"][0] == {"a": "P0", "b": "P14", "t": None, "df": None, "p": None, "differs": None}
    assert result["pairs"][1]["differs"] is False


def test_above_forty_people_pairs_have_to_be_named(run: Run) -> None:
    write_set(0, times=3)
    said = refused(run)
    assert "45 people are too many for all pairs (40 at most)" in said
    assert "--pairs" in said
    assert [pair["a"] for pair in asked(run, "--pairs", "P44:P1,P2:P3")["pairs"]] == ["P44", "P2"]


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ("P0:P0", "compares P0 with the same person"),
        ("P0:P99", "names P99, whom the file does not have"),
        ("P98:P99", "names P98, P99"),
        ("P0:P1,P2:P3,P1:P0", "has P1:P0 twice"),
        ("P0", "expected two people of the file with a colon between"),
        ("P0:", "expected two people of the file with a colon between"),
        ("P0:P1,", "expected two people of the file with a colon between"),
    ],
)
def test_pairs_that_cannot_be_read(run: Run, pairs: str, said: str) -> None:
    write_set(0)
    assert said in refused(run, "--pairs", pairs)


def test_a_name_may_have_a_colon_in_it(run: Run) -> None:
    write_set(1)
    text = Path(FILE).read_text(encoding="utf-8")
    Path(FILE).write_text(text.replace("P3,", "team:P3,", 1), encoding="utf-8")
    assert asked(run, "--pairs", "team:P3:P1")["pairs"][0]["a"] == "team:P3"


def test_somebody_who_stands_in_the_file_twice_is_named(run: Run) -> None:
    write_set(1)
    lines = Path(FILE).read_text(encoding="utf-8").splitlines()
    Path(FILE).write_text("\n".join([*lines, lines[1]]), encoding="utf-8")
    result = run("analyse", "differences", FILE, "--form", "worked", "--format", "json")
    assert len(found(result, 1)["persons"]) == 9
    assert "P0 stands in line 2 already" in result.stderr


def test_a_table_says_first_what_was_found(run: Run) -> None:
    write_set(3)
    result = run("analyse", "differences", FILE, "--form", "worked", "--format", "table", "--pairs", "P0:P1,P2:P3")
    assert result.exit_code == 0
    assert result.stdout.startswith("1 of 2 pairs differs by more than error. Errors lean on 11 people.\n")
    assert "67 to 88" in result.stdout


def test_a_table_names_those_who_are_not_compared(run: Run) -> None:
    write_set(0)
    result = run("analyse", "differences", FILE, "--form", "worked", "--format", "table")
    assert "1 of 15 people are not compared." in " ".join(result.stdout.split())
    write_set(1)
    result = run("analyse", "differences", FILE, "--form", "worked", "--format", "table")
    assert "Each error is the person's own alone." in result.stdout


def test_csv_has_the_same_figures(run: Run) -> None:
    write_set(3)
    result = asked(run)
    text = run("analyse", "differences", FILE, "--form", "worked", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert (rows[0]["part"], rows[0]["n"], rows[0]["d0"]) == ("total", "11", "")
    persons = [row for row in rows if row["part"] == "persons"]
    assert float(persons[0]["interval.high"]) == result["persons"][0]["interval"][1]
    assert sum(row["part"] == "pairs" for row in rows) == 55
