import pytest

from tests.cli.analysing import CASES, COLUMNS, NAMES, SCORES, found, nothing_done, reference, right, write
from tests.cli.conftest import Run

SCALES = [word for k in range(8) for word in ("--scale", f"c{k + 1}=s{3 * k + 1:02d}-s{3 * k + 3:02d}")]
SMALL = ("a,b,c", "1,2,3", "2,2,1", "3,5,4", "4,4,2")


def test_numbers_are_those_of_r_psych(run: Run) -> None:
    result = found(run("analyse", "reliability", str(SCORES), "--columns", COLUMNS, *SCALES))
    r = reference()
    assert list(result) == [
        "n_used",
        "alpha",
        "alpha_interval",
        "stratified_alpha",
        "omega_total",
        "sem",
        "scales",
        "items",
    ]
    assert result["n_used"] == r["n_complete"]
    assert result["alpha"] == pytest.approx(r["alpha_total"], abs=1e-8)
    assert result["alpha_interval"] == pytest.approx(r["alpha_total_feldt_95"], abs=1e-8)
    assert result["stratified_alpha"] == pytest.approx(r["stratified_alpha"], abs=1e-8)
    assert result["omega_total"] == pytest.approx(r["omega_total_raw_metric_ml"], abs=1e-6)
    assert result["sem"] == pytest.approx(r["sem_total_stratified"], abs=1e-8)
    scales = [result["scales"][f"c{k}"]["alpha"] for k in range(1, 9)]
    assert scales == pytest.approx(r["alpha_by_competency"], abs=1e-8)
    assert {scale["n_used"] for scale in result["scales"].values()} == {r["n_complete"]}
    assert [item["id"] for item in result["items"]] == NAMES
    assert set(result["items"][0]) == {"id", "corrected_item_total", "alpha_if_deleted", "mean", "sd"}
    for key in ("corrected_item_total", "alpha_if_deleted"):
        assert [item[key] for item in result["items"]] == pytest.approx(r[key], abs=1e-8)


def test_without_scales_the_error_is_alphas(run: Run) -> None:
    result = found(run("analyse", "reliability", str(SCORES), "--columns", COLUMNS))
    assert (result["stratified_alpha"], result["scales"]) == (None, {})
    assert result["sem"] == pytest.approx(reference()["sd_total"] * (1 - reference()["alpha_total"]) ** 0.5, abs=1e-8)


def test_one_column_has_no_inner_consistency(run: Run) -> None:
    write("d.csv", *SMALL)
    assert nothing_done(run("analyse", "reliability", "d.csv", "--columns", "a")) == (
        "coefficient alpha needs at least two items; there is 1"
    )


def test_two_columns_have_no_omega_and_no_alpha_without_one(run: Run) -> None:
    write("d.csv", *SMALL)
    run_ = run("analyse", "reliability", "d.csv", "--columns", "a,b")
    result = found(run_)
    assert result["omega_total"] is None
    assert [item["alpha_if_deleted"] for item in result["items"]] == [None, None]
    assert "omega_total: not estimable: one factor needs at least three items; there are 2" in run_.stderr


def test_a_constant_column_is_named_and_has_no_correlation(run: Run) -> None:
    write("d.csv", "a,still,c,d", "1,7,3,3", "2,7,1,2", "3,7,4,5", "5,7,4,4", "2,7,3,1")
    run_ = run("analyse", "reliability", "d.csv", "--columns", "a-d")
    result = found(run_)
    assert result["omega_total"] is None
    assert result["items"][1] == {
        "id": "still",
        "corrected_item_total": None,
        "alpha_if_deleted": result["items"][1]["alpha_if_deleted"],
        "mean": 7.0,
        "sd": 0.0,
    }
    assert "omega_total: not estimable: column still is the same for everybody" in run_.stderr


def test_a_total_that_never_varies_is_nothing_done(run: Run) -> None:
    write("d.csv", "a,b", "1,2", "2,1", "1,2")
    assert nothing_done(run("analyse", "reliability", "d.csv", "--columns", "a,b")) == (
        "the total score is the same for everybody"
    )


def test_two_rows(run: Run) -> None:
    write("d.csv", *SMALL[:3])
    result = found(run("analyse", "reliability", "d.csv", "--columns", "a-c"))
    assert result["n_used"] == 2
    assert result["omega_total"] is None


def test_one_complete_row_is_too_few(run: Run) -> None:
    write("d.csv", "a,b", "1,2", "2,", "NA,2")
    assert "two people with complete answers; there are 1" in nothing_done(
        run("analyse", "reliability", "d.csv", "--columns", "a,b")
    )


def test_a_negative_alpha_has_no_standard_error(run: Run) -> None:
    write("d.csv", "a,b", "1,5", "2,3", "3,3", "4,1")
    run_ = run("analyse", "reliability", "d.csv", "--columns", "a,b")
    result = found(run_)
    assert result["alpha"] < 0
    assert result["sem"] is None
    assert "sem: not estimable" in run_.stderr


def test_scales_that_do_not_part_the_columns(run: Run) -> None:
    write("d.csv", *SMALL)
    run_ = run("analyse", "reliability", "d.csv", "--columns", "a-c", "--scale", "first=a,b")
    result = found(run_)
    assert result["stratified_alpha"] is None
    assert result["scales"]["first"]["adds_value"] is None
    assert result["scales"]["first"]["n_items"] == 2
    assert "it needs every column in one scale" in run_.stderr


def test_a_scale_of_one_column(run: Run) -> None:
    write("d.csv", *SMALL)
    run_ = run("analyse", "reliability", "d.csv", "--columns", "a-c", "--scale", "two=a,b", "--scale", "one=c")
    result = found(run_)
    assert result["stratified_alpha"] is None
    assert result["scales"]["one"]["alpha"] is None
    assert "one: alpha: not estimable" in run_.stderr


@pytest.mark.parametrize(
    ("scales", "message"),
    [
        (["a,b"], "--scale a,b: is not understood; expected NAME=COLUMNS"),
        (["x="], "--scale x=: is not understood; expected NAME=COLUMNS"),
        (["x=a", "x=b"], "--scale x=b: stands twice"),
        (["x=a,d"], "--scale x=a,d: d not among --columns"),
        (["x=a,z"], "d.csv: line 1: there is no column z; the columns are a, b, c, d"),
    ],
)
def test_scales_that_are_not_understood(run: Run, scales: list[str], message: str) -> None:
    write("d.csv", "a,b,c,d", "1,2,3,4", "2,3,3,1")
    words = [word for scale in scales for word in ("--scale", scale)]
    assert nothing_done(run("analyse", "reliability", "d.csv", "--columns", "a-c", *words)) == message


REVERSED = ("analyse", "reliability", str(CASES / "reverse-keyed.csv"), "--columns", "a1-a5")


def test_an_item_that_runs_the_other_way_is_named(run: Run) -> None:
    result, r = found(run(*REVERSED)), right()["alpha_raw"]
    assert result["warnings"] == [
        "column a1 goes against the others: does this item run the other way? --reverse a1 turns it round"
    ]
    assert (result["n_used"], result["alpha"]) == (r["n"], pytest.approx(r["alpha"], abs=1e-9))
    assert [item["corrected_item_total"] for item in result["items"]] == pytest.approx(r["item_total"], abs=1e-9)
    assert "reversed" not in result


def test_an_item_is_turned_round_on_request(run: Run) -> None:
    result, r = found(run(*REVERSED, "--reverse", "a1")), right()["alpha_reversed"]
    assert "warnings" not in result
    assert (result["n_used"], result["alpha"]) == (r["n"], pytest.approx(r["alpha"], abs=1e-9))
    assert [item["corrected_item_total"] for item in result["items"]] == pytest.approx(r["item_total"], abs=1e-9)
    assert result["reversed"] == ["a1"]
    plain = found(run(*REVERSED))["items"]
    for what in ("mean", "sd"):
        assert [item[what] for item in result["items"]] == pytest.approx([item[what] for item in plain], abs=1e-12)
    assert "complete rows.\nTurned round: a1.\n" in run(*REVERSED, "--reverse", "a1", "--format", "table").stdout


def test_of_several_all_are_named_and_turned(run: Run) -> None:
    header, *rows = (CASES / "reverse-keyed.csv").read_text(encoding="utf-8").splitlines()
    turned = [row.split(",") for row in rows]
    write("d.csv", header, *(",".join([*row[:2], str(6 - int(row[2])), *row[3:]]) for row in turned))
    words = ("analyse", "reliability", "d.csv", "--columns", "a1-a5")
    assert found(run(*words))["warnings"] == [
        "columns a1, a3 go against the others: do these items run the other way? --reverse a1,a3 turns them round"
    ]
    for columns in ("a1,a3", "a2,a4-a5"):
        result = found(run(*words, "--reverse", columns))
        assert result["alpha"] == pytest.approx(right()["alpha_reversed"]["alpha"], abs=1e-9)
        assert "warnings" not in result


def test_one_that_was_turned_round_wrongly_is_named_as_such(run: Run) -> None:
    assert found(run(*REVERSED, "--reverse", "a1,a4"))["warnings"] == [
        "column a4 goes against the others: does this item run the other way? --reverse has turned it round"
    ]


def test_an_item_that_runs_the_other_way_in_its_own_scale_is_named(run: Run) -> None:
    words = (*REVERSED, "--scale", "x=a1,a2", "--scale", "y=a3-a5")
    assert found(run(*words))["warnings"] == [
        "column a1 goes against the others: does this item run the other way? --reverse a1 turns it round",
        "column a2 goes against the others: does this item run the other way? --reverse a2 turns it round",
    ]


def test_only_columns_that_are_used_can_be_turned_round(run: Run) -> None:
    assert nothing_done(run(*REVERSED[:-1], "a2-a5", "--reverse", "a1")) == "--reverse a1: a1 not among --columns"
    assert "there is no column b" in nothing_done(run(*REVERSED, "--reverse", "b"))


def test_where_values_may_be_codes_for_missing_only_these_are_asked_about(run: Run) -> None:
    header, *rows = (CASES / "reverse-keyed.csv").read_text(encoding="utf-8").splitlines()
    write("d.csv", header, *rows, *["-99,3,3,3,3", "3,-99,3,3,3"] * 4)
    words = ("analyse", "reliability", "d.csv", "--columns", "a1-a5")
    (warning,) = found(run(*words))["warnings"]
    assert "-99" in warning
    (warning,) = found(run(*words, "--missing", "-99"))["warnings"]
    assert warning.startswith("column a1 goes against the others: does this item run the other way?")


@pytest.mark.parametrize(("people", "asked"), [(9, False), (10, True)])
def test_of_fewer_than_ten_people_directions_are_not_asked_about(run: Run, people: int, asked: bool) -> None:  # noqa: FBT001 - a table
    header, *rows = (CASES / "reverse-keyed.csv").read_text(encoding="utf-8").splitlines()
    write("d.csv", header, *rows[:people])
    result = found(run("analyse", "reliability", "d.csv", "--columns", "a1-a5"))
    assert result["items"][0]["corrected_item_total"] < 0
    assert ("warnings" in result) is asked
