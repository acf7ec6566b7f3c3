import csv
import io
from pathlib import Path

import pytest

from eiassess.cli.analyse import terminal
from eiassess.cli.analyse.rendering import as_csv
from tests.cli.analysing import COLUMNS, SCORES, found, nothing_done, strict, write
from tests.cli.conftest import Run

RELIABILITY = ("analyse", "reliability", str(SCORES), "--columns", COLUMNS)


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (("-o", "r.csv"), "part,"),
        (("-o", "r.CSV"), "part,"),
        (("-o", "r.json"), "{"),
        (("-o", "r"), "{"),
        (("-o", "r.csv", "--format", "json"), "{"),
        (("-o", "r.json", "--format", "csv"), "part,"),
        (("-o", "r.txt", "--format", "table"), "Coefficient alpha 0.82"),
    ],
)
def test_the_format_follows_the_files_name_unless_it_is_given(run: Run, words: tuple[str, ...], start: str) -> None:
    result = run(*RELIABILITY, *words)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "1200 of 1200 rows read\n")
    assert Path(words[1]).read_text(encoding="utf-8").startswith(start)


def test_json_has_a_line_for_each_entry_and_the_same_bytes_again(run: Run) -> None:
    first = run(*RELIABILITY).stdout
    assert first == run(*RELIABILITY).stdout
    assert len(first.splitlines()) == 8 + 24 + 3
    assert strict(first)["n_used"] == 745


def test_csv_holds_what_json_holds(run: Run) -> None:
    content = found(run(*RELIABILITY))
    total, *items = csv.DictReader(io.StringIO(run(*RELIABILITY, "--format", "csv").stdout))
    assert (total["part"], total["id"], total["stratified_alpha"]) == ("total", "", "")
    assert float(total["alpha"]) == content["alpha"]
    assert [float(total[f"alpha_interval.{end}"]) for end in ("low", "high")] == content["alpha_interval"]
    for row, item in zip(items, content["items"], strict=True):
        assert (row["part"], row["id"], row["alpha"]) == ("items", item["id"], "")
        assert float(row["sd"]) == item["sd"]


def test_csv_of_lists_that_are_sometimes_null() -> None:
    rows = [{"id": "=a", "r": [0.1, 0.2], "fine": True}, {"id": "b", "r": None, "fine": False}]
    assert "".join(as_csv({"items": rows})) == (
        "part,id,r.1,r.2,fine\ntotal,,,,\nitems,'=a,0.1,0.2,true\nitems,b,,,false\n"
    )


def test_a_table(run: Run) -> None:
    table = run(*RELIABILITY, "--format", "table").stdout
    assert table.startswith("Coefficient alpha 0.82 (95 % 0.80 to 0.84, good) of 24 columns, over 745 complete rows.\n")
    assert "stratified alpha  -\n" in table
    assert "s24" in table
    assert "\x1b" not in table


def test_long_tables_are_cut_and_say_so(run: Run) -> None:
    write("d.csv", "x", *map(str, range(400)))
    table = run("analyse", "norms", "d.csv", "--score", "x", "--format", "table").stdout
    assert "... and 340 more: --format json and csv have them all" in table
    assert len(table.splitlines()) < 90


def test_results_never_replace_their_data(run: Run) -> None:
    write("d.csv", "a,b", "1,2", "2,3", "3,3")
    before = Path("d.csv").read_bytes()
    message = nothing_done(run("analyse", "reliability", "d.csv", "--columns", "a,b", "-o", "./d.csv"))
    assert message == "d.csv holds the data or another result; give another file to write"
    words = ("analyse", "irt", "d.csv", "--columns", "a,b", "--model", "grm")
    assert "another result" in nothing_done(run(*words, "-o", "x.csv", "--scores", "x.csv"))
    assert "the data" in nothing_done(run(*words, "--scores", "d.csv"))
    assert Path("d.csv").read_bytes() == before


def test_devices_can_be_written_to(run: Run) -> None:
    assert run(*RELIABILITY, "-o", "/dev/null").exit_code == 0


def test_a_folder_that_is_not_there_is_one_line(run: Run) -> None:
    result = run(*RELIABILITY, "-o", "nowhere/r.json")
    assert result.exit_code == 2
    assert "No such file or directory" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("words", [(), ("--columns",), ("--columns", "s01", "--format", "xml")])
def test_bad_options_are_nothing_done(run: Run, words: tuple[str, ...]) -> None:
    result = run("analyse", "reliability", str(SCORES), *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


def test_help_names_all_commands(run: Run) -> None:
    text = run("analyse", "--help").stdout
    for name in ("reliability", "irt", "dif", "impact", "validity", "quality", "norms", "agreement"):
        assert f"  {name} " in text
        assert "--format" in run("analyse", name, "--help").stdout


def test_ids_and_numbers_are_not_broken_at_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "WIDTH_WITHOUT_TERMINAL", 80)
    rows = [
        {"id": f"the-customer-at-the-counter-{place}.b", **{f"figure_{name}": 1234.5678 for name in "abcdefghij"}}
        for place in range(3)
    ]
    table = "".join(terminal.as_table("Three rows.", {"items": rows}))
    for place in range(3):
        assert table.count(f"the-customer-at-the-counter-{place}.b") == table.count("items")
    assert table.count("1234.568") == 30
    assert max(map(len, table.splitlines())) <= 80
    assert "items, continued" in table
    for name in "abcdefghij":
        assert f"{name}" in table
