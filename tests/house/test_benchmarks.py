"""The benchmarks' data and our own side run, on little; nothing is timed here, and no peer is needed."""

import json

import numpy as np
import pytest

from tests.benchmarks import data, dif, engine, invitations, items, lists, mails, report, saves, timing


def test_the_data_hold_every_category_and_both_groups() -> None:
    scores, group = data.simulate_scores(600, items=20)
    assert scores.shape == (600, 20)
    assert [np.unique(item).tolist() for item in scores.T] == [list(range(data.CATEGORIES))] * 20
    assert np.unique(group).tolist() == [0, 1]
    assert np.array_equal(scores, data.simulate_scores(600, items=20)[0])


def test_our_side_of_the_item_analysis() -> None:
    scores, _ = data.simulate_scores(600, items=20)
    found = items.analyse(scores)
    assert 0.7 < found["alpha"][0] < 0.95
    assert np.sum(found["counts"], axis=1).tolist() == [600] * 20


def test_our_side_of_dif_finds_the_harder_items() -> None:
    scores, group = data.simulate_scores(2000, items=20)
    ratios = np.array(dif.likelihood_ratios(dif.analyse(scores, group)))
    assert set(np.argsort(ratios[:, 1])[-2:].tolist()) == set(data.HARDER_ITEMS)


def test_one_by_one_and_the_bare_matrix_score_alike(capsys: pytest.CaptureFixture[str]) -> None:
    engine._measure("4")  # noqa: SLF001 - what the benchmark's process runs
    said = json.loads(capsys.readouterr().out)
    assert said["largest_difference"] < engine.AGREEMENT


def test_invitations_and_bare_inserts_write_the_same_rows(capsys: pytest.CaptureFixture[str]) -> None:
    invitations._measure("3")  # noqa: SLF001 - what the benchmark's process runs
    assert json.loads(capsys.readouterr().out)["same_rows"] is True


def test_mails_and_the_bare_loop_both_arrive() -> None:
    case = mails.measure_mails(2, 1)
    assert case.all_arrived
    assert mails.times_of(case) > 0


def test_saves_go_on_while_mails_go_out() -> None:
    case = saves.measure_saves(3, 1)
    assert case.all_arrived
    assert all(len(times) > 1 for times in (*case.quiet, *case.mailing))
    assert len(case.ratios) == 1


def test_the_p95_leaves_out_the_slowest_of_twenty() -> None:
    assert saves.p95([1.0] * 100 + [9.0] * 5) == 1.0
    assert saves.p95([1.0] * 90 + [9.0] * 10) == 9.0


def test_a_row_tells_the_median_ratio_its_spread_and_what_is_missing() -> None:
    row = report.faster("a race", [1.0, 1.0, 2.0], [8.0, 12.0, 20.0], 20)
    assert row.ratio == "10 (8 to 12)"
    assert row.verdict == "missed by a factor of 2.00"
    assert "a race" in report.as_text([row])
    assert report.as_markdown([row], {"peers": "none"}).count("\n| ") == 3


def test_turns_compare_each_with_its_neighbour() -> None:
    turns = timing.Turns([{"seconds": 1.0}, {"seconds": 2.0}], [{"seconds": 10.0}, {"seconds": 30.0}])
    assert turns.ratios == [10, 15]
    assert (turns.seconds, turns.peer_seconds) == (1.5, 20)


def test_lists_of_few_and_many_are_asked_for_page_by_page(capsys: pytest.CaptureFixture[str]) -> None:
    lists._measure("sqlite", "120", "1")  # noqa: SLF001 - what the benchmark's process runs
    said = json.loads(capsys.readouterr().out)
    assert {len(seconds) for seconds in said["many_seconds"].values()} == {1}
    said.pop("peak_megabytes")
    assert {len(side) for side in lists.ListsCase(120, **said).all_pages} == {len(lists.PAGES)}
