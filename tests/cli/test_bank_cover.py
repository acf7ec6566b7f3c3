"""`eiassess bank cover`: a sheet for outsiders, what came back scored, and exit codes."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.banks.pairs import SEWING, TEXTS, VALUES, add_pairs, put_into_form, value_in_key
from tests.banks.small_bank import KEY, OPTIONS, PRACTICE_OPTIONS, edit, write_small_bank
from tests.cli.conftest import Run

KEYED = {text: value for options in OPTIONS.values() for text, value, _ in options.values()}
READERS = ("ada", "bo", "cy")


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return add_pairs(write_small_bank(tmp_path / "banks" / "small"))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def come_back(sheet: str, path: Path, turn: int = 0) -> str:
    """Rate a sheet as the key has it where there is one text of a kind; of pairs, by the number of letters."""
    rows = rows_of(sheet)
    for row in rows:
        value = KEYED.get(row["option"], 1 + (len(row["option"]) + turn) % 6)
        row["rating"] = f"{value:g}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def scored(run: Run, bank: Path, tmp_path: Path, *words: str) -> tuple[str, ...]:
    """Let three read blind and one with the situations; return the words that score what they gave."""
    blind = run("bank", "cover", str(bank), *words).stdout
    whole = run("bank", "cover", str(bank), "--with-situations", *words).stdout
    files = [come_back(blind, tmp_path / f"{name}.csv", turn) for turn, name in enumerate(READERS)]
    files.append(come_back(whole, tmp_path / "dee.csv"))
    return ("bank", "cover", str(bank), *words, *(word for file in files for word in ("--score", file)))


def test_a_sheet_has_each_set_once_and_no_situation(run: Run, bank: Path) -> None:
    result = run("bank", "cover", str(bank))
    assert (result.exit_code, result.stderr) == (0, "")
    rows = rows_of(result.stdout)
    assert list(rows[0]) == ["set", "question", "option", "rating", "code"]
    assert len(rows) == 2 * 4 + 2 * 5 + 2 * 4
    assert {row["rating"] for row in rows} == {""}
    assert not {text for text, _ in PRACTICE_OPTIONS.values()} & {row["option"] for row in rows}


def test_a_sheet_with_the_situations(run: Run, bank: Path) -> None:
    rows = rows_of(run("bank", "cover", str(bank), "--with-situations").stdout)
    assert list(rows[0]) == ["set", "situation", "question", "option", "rating", "code"]
    assert len(rows) == 2 * 4 + 2 * 5 + 4 * 4
    assert len({row["situation"] for row in rows}) == 8


def test_the_seed_decides_the_order(run: Run, bank: Path) -> None:
    first, again, other = (run("bank", "cover", str(bank), "--seed", seed).stdout for seed in ("1", "1", "2"))
    assert first == again
    assert first != other
    assert first == run("bank", "cover", str(bank)).stdout


def test_a_sheet_of_one_form_goes_to_a_file(run: Run, bank: Path, tmp_path: Path) -> None:
    put_into_form(bank, "lost-key", SEWING)
    result = run("bank", "cover", str(bank), "--form", "small-a", "-o", "sheet.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    rows = rows_of((tmp_path / "sheet.csv").read_text(encoding="utf-8"))
    assert len(rows) == 8
    assert {row["option"] for row in rows} >= {
        text for text, _, _ in OPTIONS["scenarios/recovery/lost-key.toml"].values()
    }


def test_a_sheet_that_may_be_filled_in_is_not_written_over(run: Run, bank: Path, tmp_path: Path) -> None:
    filled = tmp_path / "sheet.csv"
    filled.write_text("code,rating\nk1,4\n", encoding="utf-8")
    result = run("bank", "cover", str(bank), "-o", "sheet.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "sheet.csv is there already, and may be filled in; give the sheet another name" in result.stderr
    assert filled.read_text(encoding="utf-8") == "code,rating\nk1,4\n"


def test_gates_that_are_not_met(run: Run, bank: Path, tmp_path: Path) -> None:
    result = run(*scored(run, bank, tmp_path))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "Options only"
    assert [line.split(":")[0].strip() for line in lines[1:5]] == [*READERS, "mean of 3"]
    assert "With the situations" in lines
    assert any(line.startswith("Not met: blind ratings and the key: r = 0.") for line in lines)
    assert any(line.startswith("Not met: with the situations: ") for line in lines)
    assert not any("All gates" in line for line in lines)


def test_by_scenario_from_the_one_that_holds_to_the_one_that_leaks(run: Run, bank: Path, tmp_path: Path) -> None:
    lines = run(*scored(run, bank, tmp_path)).stdout.splitlines()
    start = lines.index("Options only, by scenario: r of the readers' mean with the key, best found")
    told = [line.split() for line in lines[start + 1 : start + 9]]
    assert {scenario for *_, scenario in told} == {*VALUES, "lost-key", "cold-soup", "late-bus", "quiet-caller"}
    correlations = [float(r) for r, *_ in told]
    assert correlations == sorted(correlations)
    assert [r for r, _, scenario in told if scenario == "lost-key"] == ["+1.00"]


def test_a_scenario_whose_key_never_varies_has_no_correlation(run: Run, bank: Path, tmp_path: Path) -> None:
    words = scored(run, bank, tmp_path)
    for option in "abcd":
        value_in_key(bank, SEWING, option, 3.5)
    told = [line for line in run(*words).stdout.splitlines() if line.endswith(f" {SEWING}")]
    assert told == [f"     -   100%  {SEWING}"]


def test_all_gates_are_met(run: Run, bank: Path, tmp_path: Path) -> None:
    """Both forms have one half of each pair, and nobody who reads blind can tell which act is the right one."""
    put_into_form(bank, "sewing", "by-bus")
    other = (bank / "forms/small-a.toml").read_text(encoding="utf-8")
    other = other.replace("small-a", "small-b").replace('"sewing", "by-bus"', '"sixty-scales", "on-the-sign"')
    (bank / "forms/small-b.toml").write_text(other, encoding="utf-8")
    forms = ("--form", "small-a", "--form", "small-b")
    files = [word for word in scored(run, bank, tmp_path, *forms) if word.endswith(".csv")]
    sheet = rows_of(run("bank", "cover", str(bank), *forms).stdout)
    first_two = {text for texts in TEXTS.values() for text in texts[:2]}
    for file in files[:3]:
        rated = "".join(f"{row['code']},{5 if row['option'] in first_two else 2}\n" for row in sheet)
        Path(file).write_text(f"code,rating\n{rated}", encoding="utf-8")
    whole = rows_of(run("bank", "cover", str(bank), "--with-situations", *forms).stdout)
    Path(files[3]).write_text(f"code,rating\n{''.join(informed(bank, row) for row in whole)}", encoding="utf-8")
    result = run("bank", "cover", str(bank), *forms, *(word for file in files for word in ("--score", file)))
    assert result.stdout.splitlines()[-1] == "All gates are met."
    assert result.exit_code == 0
    assert "  mean, form small-b: r " in result.stdout


def informed(bank: Path, row: dict[str, str]) -> str:
    """Rate as the key does, after reading the situation."""
    for path in bank.glob("scenarios/recovery/*.toml"):
        text = path.read_text(encoding="utf-8")
        if row["situation"] in text:
            place = [row["option"] in part.replace('\\"', '"') for part in text.split("[[options]]")[1:]].index(True)
            return f"{row['code']},{VALUES[path.stem][place]}\n"
    raise AssertionError(row["situation"])


def test_json(run: Run, bank: Path, tmp_path: Path) -> None:
    result = run(*scored(run, bank, tmp_path), "--format", "json", "-o", "found.json")
    assert (result.exit_code, result.stdout) == (1, "")
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert list(found) == ["blind", "read", "unmet"]
    assert list(found["blind"]["readers"]) == list(READERS)
    assert list(found["read"]["readers"]) == ["dee"]
    assert found["blind"]["together"]["correlation"].keys() == {"value", "low", "high"}
    assert len(found["blind"]["by_scenario"]) == 8


def test_blind_readers_alone(run: Run, bank: Path, tmp_path: Path) -> None:
    file = come_back(run("bank", "cover", str(bank)).stdout, tmp_path / "ada.csv")
    result = run("bank", "cover", str(bank), "--score", file)
    assert result.exit_code == 1
    assert "With the situations" not in result.stdout
    assert "Not met: 1 reader saw the options only; at least 3\n" in result.stdout
    assert "Not met: nobody has read the situations with the options\n" in result.stdout


def test_readers_with_the_situations_alone(run: Run, bank: Path, tmp_path: Path) -> None:
    file = come_back(run("bank", "cover", str(bank), "--with-situations").stdout, tmp_path / "ada.csv")
    result = run("bank", "cover", str(bank), "--score", file)
    assert result.exit_code == 1
    assert result.stdout.startswith("With the situations\n")
    assert "Options only" not in result.stdout


def test_a_text_that_was_changed_since(run: Run, bank: Path, tmp_path: Path) -> None:
    words = scored(run, bank, tmp_path)
    edit(bank, "scenarios/recovery/lost-key.toml", r'^text = "You ask her', 'text = "You beg her')
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    said = " ".join(result.stderr.split())
    assert f"{tmp_path / 'ada.csv'}: 1 of 8 scenarios are not rated as they stand today (lost-key); they were" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--form", "nowhere"), "The bank has no form 'nowhere'; forms here: small-a"),
        (("--score", "nowhere.csv"), "nowhere.csv"),
        (
            ("--score", "blank.csv"),
            "blank.csv: 1 of 1 row has no rating: line 2, column rating; rate every row, in whole or half points",
        ),
        (("--score", "blank.csv", "--key", "theory-9"), "Say with --key which key is meant; the bank has theory-1"),
    ],
)
def test_nothing_is_done(run: Run, bank: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "blank.csv").write_text("code,rating\nabc,\n", encoding="utf-8")
    result = run("bank", "cover", str(bank), *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_bank_by_name_and_its_key_outside(
    run: Run, bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = scored(run, bank, tmp_path)
    (tmp_path / "keys" / "small").mkdir(parents=True)
    (bank / KEY).rename(tmp_path / "keys" / "small" / "theory-1.toml")
    monkeypatch.setenv("EIASSESS_BANKS", str(bank.parent))
    monkeypatch.setenv("EIASSESS_KEYS", str(tmp_path / "keys"))
    assert run("bank", "cover", "small", *words[3:]).exit_code == 1


def test_it_stands_in_the_help(run: Run) -> None:
    assert "Find out how much of a key can be found without the situations." in run("bank", "--help").stdout
    said = run("bank", "cover", "--help").stdout
    assert all(option in said for option in ("--score", "--form", "--key", "--with-situations", "--seed"))
