import pytest

from tests.cli.analysing import SCORES, found, nothing_done, write
from tests.cli.conftest import Run

DESCRIBED = ("--population", "applicants", "--language", "English", "--dates", "2026")


def test_a_norm_table_by_hand(run: Run) -> None:
    write("d.csv", "x", *["1"] * 50, *["2"] * 100, *["3"] * 50)
    run_ = run("analyse", "norms", "d.csv", "--score", "x", "--population", "applicants", "--dates", "2026")
    result = found(run_)
    assert {key: value for key, value in result.items() if key != "scores"} == {
        "n_used": 200,
        "status": "not documented",
        "population": "applicants",
        "language": None,
        "dates": "2026",
        "mean": 2.0,
        "sd": pytest.approx((100 / 199) ** 0.5),
    }
    assert "a norm is used only with its language: give --language\n" in run_.stderr
    low, middle, high = result["scores"]
    assert middle == {
        "score": 2,
        "n": 100,
        "percentile_rank": 50.0,
        "percentile": 50,
        "percentile_se": pytest.approx(100 * (0.25 / 200) ** 0.5),
        "z": 0.0,
        "t": 50.0,
        "sten": 6,
        "stanine": 5,
    }
    assert (low["percentile_rank"], high["percentile_rank"]) == (12.5, 87.5)
    assert (low["z"], low["t"]) == (pytest.approx(-1.150349, abs=1e-6), pytest.approx(38.49651, abs=1e-5))
    assert (low["sten"], high["sten"], low["stanine"], high["stanine"]) == (3, 8, 3, 7)


def test_scores_need_not_be_whole_and_missing_ones_do_not_count(run: Run) -> None:
    result = found(run("analyse", "norms", str(SCORES), "--score", "criterion", *DESCRIBED))
    assert (result["n_used"], result["status"]) == (1200, "plain")
    assert all(1 <= row["percentile"] <= 99 for row in result["scores"])
    assert result["scores"][0]["score"] < result["scores"][1]["score"]
    assert found(run("analyse", "norms", str(SCORES), "--score", "s01"))["n_used"] == 1174


@pytest.mark.parametrize(("n", "status"), [(100, "provisional"), (299, "provisional"), (300, "plain")])
def test_what_the_number_of_people_allows(run: Run, n: int, status: str) -> None:
    write("d.csv", "x", *map(str, range(n)))
    words = ("analyse", "norms", "d.csv", "--score", "x")
    result = found(run(*words, *DESCRIBED))
    assert result["status"] == status
    assert found(run(*words))["status"] == "not documented"


@pytest.mark.parametrize("missing", ["population", "language", "dates"])
@pytest.mark.parametrize("said", [None, "", " ", "unknown", "n/a", "?", "-"])
def test_norms_without_one_of_population_language_and_dates_are_not_documented(
    run: Run, missing: str, said: str | None
) -> None:
    write("d.csv", "x", *map(str, range(320)))
    place = DESCRIBED.index(f"--{missing}")
    words = [*DESCRIBED[:place], *DESCRIBED[place + 2 :], *([] if said is None else [f"--{missing}", said])]
    run_ = run("analyse", "norms", "d.csv", "--score", "x", *words)
    result = found(run_)
    assert (result["status"], result[missing], result["n_used"]) == ("not documented", None, 320)
    assert f"a norm is used only with its {missing}: give --{missing}\n" in run_.stderr


def test_the_headline_says_what_the_norms_may_be_called(run: Run) -> None:
    write("d.csv", "x", *map(str, range(320)))
    words = ("analyse", "norms", "d.csv", "--score", "x", "--format", "table")
    assert run(*words).stdout.startswith(
        "Norms over 320 people, not documented: population, language, dates are not given.\n"
    )
    assert run(*words, *DESCRIBED[2:]).stdout.startswith("Norms over 320 people, not documented: population is not")
    assert run(*words, *DESCRIBED).stdout.startswith("Norms over 320 people, at least 300.\n")
    write("d.csv", "x", *map(str, range(299)))
    assert run(*words, *DESCRIBED).stdout.startswith("Norms over 299 people, provisional.\n")


def test_fewer_than_100_are_no_norm(run: Run) -> None:
    write("d.csv", "x,y", *(f"{number}," for number in range(99)))
    assert nothing_done(run("analyse", "norms", "d.csv", "--score", "x")).startswith("99 scores are too few for norms")
    assert nothing_done(run("analyse", "norms", "d.csv", "--score", "y")).startswith("0 scores are too few for norms")


def test_a_score_that_never_varies(run: Run) -> None:
    write("d.csv", "x", *["4"] * 120)
    (row,) = found(run("analyse", "norms", "d.csv", "--score", "x"))["scores"]
    assert (row["score"], row["percentile"], row["t"]) == (4, 50, 50.0)


def test_a_norm_that_is_fully_described_draws_no_remark(run: Run) -> None:
    write("d.csv", "x", *map(str, range(120)))
    result = run("analyse", "norms", "d.csv", "--score", "x", *DESCRIBED)
    assert result.stderr == "120 of 120 rows read\n"
