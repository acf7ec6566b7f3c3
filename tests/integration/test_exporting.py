"""Files of an opening's scores and answers: who is in them, and what stands in their cells."""

import json
import tracemalloc
from collections import deque

import pytest
from sqlmodel import select

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.domain.erasures import ErasedBy, ErasureReason
from eiassess.domain.exports import ExportKind, FileFormat
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord, ScoreRecord
from eiassess.scoring.person.stored_form import person_score_to_dict
from eiassess.services.deciding.stages import add_stage
from eiassess.services.differences.estimates import renew_estimates
from eiassess.services.exporting.asking import PEOPLE_A_PORTION, ExportRequest
from eiassess.services.exporting.cells import Cell
from eiassess.services.exporting.files import file_pieces
from eiassess.services.exporting.tables import ExportedTable, export_for_operator, export_table, get_export_offer
from eiassess.services.hiring.openings import use_form
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.hiring.withdrawing import withdraw_candidates
from eiassess.services.identifiers import new_id
from eiassess.services.results.candidate_lists import ListQuery, ListSort
from eiassess.services.results.comparing import compare_candidates
from eiassess.services.sitting.handing_in import latest_scores
from eiassess.services.upkeep.erasure import erase_candidate
from tests.candidates import add_copies, add_many
from tests.hiring_story import NOON, Invited, Story, after, switch_on
from tests.integration.test_error_estimates import hand_in
from tests.integration.test_uneven_sittings import uneven_ratings
from tests.statements import asked

AT_FIRST = 9


def export(story: Story, kind: ExportKind = ExportKind.SCORES, **what: object) -> ExportedTable:
    request = ExportRequest(kind, **what)  # type: ignore[arg-type]  # a request's fields
    return export_table(story.database, story.alice, story.opening, request)


def read(table: ExportedTable) -> list[dict[str, Cell]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def numbers(story: Story, **what: object) -> list[Cell]:
    return [row["person"] for row in read(export(story, **what))]


def test_scores_stand_at_full_precision_and_each_with_its_interval(story: Story) -> None:
    casey = story.submitted()
    (row,) = read(export(story))
    with story.database.reading() as db:
        stored = person_score_to_dict(latest_scores(db, [casey.session_id])[casey.session_id].score)
    assert [row["overall.interval.low"], row["overall.interval.high"]] == stored["overall"]["interval"]
    assert row["overall.score"] == stored["overall"]["score"] != round(stored["overall"]["score"], 1)
    for name, value in row.items():
        part, _, last = name.rpartition(".")
        if last == "score" and value is not None:
            assert isinstance(row[f"{part}.interval.low"], float), f"{part} has a score without its interval"


def test_a_score_of_0_is_0_and_not_empty(story: Story) -> None:
    casey = story.submitted()
    with story.database.writing() as db:
        record = db.exec(select(ScoreRecord).where(ScoreRecord.session_id == casey.session_id)).one()
        content = json.loads(record.content)
        content["overall"]["score"] = 0.0
        changed = {"id": new_id(), "number": 2, "content": json.dumps(content), "overall": 0.0}
        db.add(ScoreRecord(**record.model_dump() | changed))
    (row,) = read(export(story))
    assert row["overall.score"] == 0.0
    assert row["overall.score"] is not None


def test_who_did_not_finish_has_as_many_cells_as_the_rest(story: Story) -> None:
    story.submitted("Anna")
    story.begun("Bela").answer_all([5, 2, 3], 4)
    story.invite("Cleo")
    half = story.begun("Dora")
    half.answer_all([6, 2, 1, 5], 3)
    story.hand_in(half)
    for kind in ExportKind:
        table = export(story, kind)
        assert {len(row) for row in table.rows} == {len(table.columns)}
    rows = read(export(story))
    assert [row["state"] for row in rows] == ["handed in", "begun", "not begun", "handed in"]
    assert [row["overall.score"] is None for row in rows] == [False, True, True, True]
    assert [bool(row["not_scored"]) for row in rows] == [False, False, False, True]


def test_answers_that_are_not_handed_in_stay_with_the_candidate(story: Story) -> None:
    story.submitted("Anna")
    story.begun("Bela").answer_all([5, 2, 3], 4)
    first, second = (list(row.values()) for row in read(export(story, ExportKind.ANSWERS)))
    assert None not in first
    assert second == [2, *[None] * (len(first) - 1)]


def test_the_filter_and_the_choice_are_obeyed(story: Story) -> None:
    ids = add_many(story.database, story.opening, [f"Nora {n}" for n in range(6)], NOON, handed_in=3, begun=2)
    assert numbers(story) == [1, 2, 3, 4, 5, 6]
    assert numbers(story, query=ListQuery(state=SessionState.SUBMITTED, page=2)) == [1, 2, 3]
    assert numbers(story, query=ListQuery(search="nora 4")) == [5]
    assert numbers(story, chosen=(ids[3], ids[1])) == [2, 4]
    assert numbers(story, chosen=(ids[3], ids[1]), query=ListQuery(state=SessionState.SUBMITTED)) == [2]
    assert numbers(story, chosen=("nobody",)) == []
    offer = get_export_offer(story.database, story.alice, story.opening, ListQuery(search="nora"), ids[2:4])
    assert (offer.n, offer.n_submitted, [each.n for each in offer.forms]) == (2, 1, [2])


@pytest.mark.parametrize("allowed", [True, False])
def test_a_file_stands_by_number_whatever_the_list_is_sorted_by(story: Story, *, allowed: bool) -> None:
    if allowed:
        switch_on(story.database, story.opening)
    hand_in(story, 5)
    for sort in ListSort:
        assert numbers(story, query=ListQuery(sort, descending=True)) == [1, 2, 3, 4, 5]


def test_a_filter_by_score_leaves_out_only_where_the_list_may_do_so(story: Story) -> None:
    hand_in(story, 5)
    scores = {row["person"]: row["overall.score"] for row in read(export(story))}
    shown = {number: round(float(score or 0)) for number, score in scores.items()}
    query = ListQuery(at_least=max(shown.values()))
    assert numbers(story, query=query) == [1, 2, 3, 4, 5]
    switch_on(story.database, story.opening)
    assert numbers(story, query=query) == [number for number, score in shown.items() if score == max(shown.values())]


def test_only_who_recruits_for_the_opening_gets_a_file(story: Story) -> None:
    for other in (story.charlie, story.dana):
        with pytest.raises(NotFoundError, match="There is no such opening"):
            export_table(story.database, other, story.opening, ExportRequest(ExportKind.SCORES))
        with pytest.raises(NotFoundError, match="There is no such opening"):
            get_export_offer(story.database, other, story.opening, ListQuery())
    with pytest.raises(NotFoundError, match="There is no opening 'nowhere'"):
        export_for_operator(story.database, "nowhere", ExportRequest(ExportKind.SCORES))


def test_an_opening_without_anybody_has_columns_and_no_rows(story: Story) -> None:
    for kind in ExportKind:
        table = export(story, kind)
        assert (table.n, list(table.rows)) == (0, [])
        assert len(table.columns) > 60


def test_where_somebody_stands_follows_the_scores(story: Story) -> None:
    casey, robin = story.submitted("Casey"), story.invite("Robin")
    release_candidate(story.database, story.alice, casey.session_id, after(hours=2))
    withdraw_candidates(story.database, story.alice, story.opening, [robin.session_id], after(hours=2))
    own = add_stage(story.database, story.alice, story.opening, "Trial day", after(hours=2))
    with story.database.writing() as db:
        db.get_one(AssessmentSessionRecord, robin.session_id).stage = own
    first, second = read(export(story, with_names=True))
    shown = ("state", "stage", "handed_in", "released", "flagged", "simulated", "name")
    assert [first[name] for name in shown] == [
        "handed in", "To review", "2026-11-02T13:00:00+00:00", "yes", "no", "no", "Casey",
    ]  # fmt: skip
    assert [second[name] for name in shown] == ["withdrawn", "Trial day", None, "no", "no", "no", "Robin"]
    assert "name" not in read(export(story))[0]


class TestDrawnIntervals:
    def test_they_are_those_of_the_page_that_compares(self, story: Story) -> None:
        people = hand_in(story)
        renew_estimates(story.database, after(days=1))
        rows = read(export(story))
        ids = [each.session_id for each in people[:2]]
        page = compare_candidates(story.database, story.alice, story.opening, ids).differences
        for row, session_id in zip(rows, ids, strict=False):
            drawn = page.people[session_id].interval
            assert drawn is not None
            assert row["overall.drawn_interval.low"] == pytest.approx(drawn.low, abs=1e-12)
            assert row["overall.drawn_interval.high"] == pytest.approx(drawn.high, abs=1e-12)
            assert row["overall.drawn_interval.estimate"] == page.used[0].estimate.digest

    def test_without_ten_people_in_an_estimate_there_are_none(self, story: Story) -> None:
        hand_in(story, 9)
        renew_estimates(story.database, after(days=1))
        assert {row["overall.drawn_interval.low"] for row in read(export(story))} == {None}

    def test_who_has_no_overall_score_has_none(self, story: Story) -> None:
        hand_in(story)
        renew_estimates(story.database, after(days=1))
        half = story.begun("Half")
        half.answer_all([6, 2, 1], 2)
        story.hand_in(half)
        assert read(export(story))[-1]["overall.drawn_interval.estimate"] is None

    def test_who_is_not_compared_is_told_with_the_reason(self, story: Story) -> None:
        hand_in(story)
        renew_estimates(story.database, after(days=1))
        story.submitted("Odd", uneven_ratings())
        half = story.begun("Half")
        half.answer_all([6, 2, 1], 2)
        story.hand_in(half)
        story.invite("Robin")
        *even, odd, unscored, invited = read(export(story))
        assert {(row["compared"], row["not_compared"]) for row in even} == {("yes", None)}
        assert (odd["compared"], odd["not_compared"]) == ("no", "answered unevenly over the sitting")
        assert odd["overall.drawn_interval.low"] is not None
        for row in (unscored, invited):
            assert (row["compared"], row["not_compared"]) == (None, None)

    def test_in_a_simulated_opening_everybody_counts_as_simulated(self, story: Story) -> None:
        with story.database.writing() as db:
            db.get_one(OpeningRecord, story.opening).simulated = True
        hand_in(story)
        hand_in(story, 11, start=50, opening=story.other_opening)
        renew_estimates(story.database, after(days=1))
        rows = read(export(story))
        assert {row["simulated"] for row in rows} == {"yes"}
        (digest,) = {row["overall.drawn_interval.estimate"] for row in rows}
        assert digest is not None

    def test_a_file_leans_on_one_estimate_even_if_a_night_passes(self, story: Story) -> None:
        hand_in(story)
        renew_estimates(story.database, after(days=1))
        with story.database.reading() as db:
            first = db.exec(select(AssessmentSessionRecord.id)).first()
        assert first
        add_copies(story.database, first, 600)
        table = export(story)
        rows = [next(table.rows)]
        hand_in(story, 3, start=30)
        assert renew_estimates(story.database, after(days=2)) == 1
        rows += table.rows
        place = [column.name for column in table.columns].index("overall.drawn_interval.estimate")
        assert len({row[place] for row in rows if row[place]}) == 1


class TestSeveralForms:
    @pytest.fixture
    def mixed(self, story: Story) -> tuple[Invited, Invited]:
        anna = story.submitted("Anna")
        use_form(story.database, story.opening, load_form("short", (data_folder("question_banks"),)), after(hours=2))
        return anna, story.invite("Bela", now=after(hours=3))

    def test_scores_stand_in_one_file_with_the_columns_of_both(
        self, story: Story, mixed: tuple[Invited, Invited]
    ) -> None:
        del mixed
        first, second = read(export(story))
        assert first["overall.score"] is not None
        assert first["form"] != second["form"]
        assert second["key_digest"] is None

    def test_answers_need_the_form_named(self, story: Story, mixed: tuple[Invited, Invited]) -> None:
        del mixed
        with pytest.raises(InvalidInputError, match="answers stand in a file for each: choose ") as refused:
            export(story, ExportKind.ANSWERS)
        assert refused.value.field == "form"
        assert "screening:" in str(refused.value)

    def test_a_form_is_named_by_id_version_or_digest(self, story: Story, mixed: tuple[Invited, Invited]) -> None:
        del mixed
        offer = get_export_offer(story.database, story.alice, story.opening, ListQuery())
        for sat in offer.forms:
            for named in (sat.form.id, sat.mark, sat.form.digest, sat.form.digest[:12]):
                (row,) = read(export(story, ExportKind.ANSWERS, form=named))
                assert (row["person"] == 1) == (sat.form.id == "screening")
                assert numbers(story, form=named) == [row["person"]]
        with pytest.raises(InvalidInputError, match="Nobody here sits the form 'nowhere'; choose one of "):
            export(story, form="nowhere")


def test_thousands_are_read_in_portions_with_as_many_statements_each(story: Story) -> None:
    casey = story.submitted()
    add_copies(story.database, casey.session_id, 1200)
    list(export(story).rows)  # what is pinned is held from here on
    with asked() as ready:
        table = export(story)
    counts = []
    for n in (PEOPLE_A_PORTION, PEOPLE_A_PORTION, PEOPLE_A_PORTION):
        with asked() as statements:
            assert len([next(table.rows) for _ in range(n)]) == n
        counts.append(len(statements))
    assert (table.n, len(list(table.rows))) == (1201, 1201 - 3 * PEOPLE_A_PORTION)
    assert len(ready) <= AT_FIRST
    assert counts[0] - 1 == counts[1] == counts[2], "the estimate is asked for once"


@pytest.mark.parametrize(
    ("kind", "written"), [(ExportKind.SCORES, FileFormat.CSV), (ExportKind.ANSWERS, FileFormat.XLSX)]
)
def test_a_file_of_ten_times_as_many_people_does_not_take_twice_the_memory(
    story: Story, kind: ExportKind, written: FileFormat
) -> None:
    first, *_ = add_many(story.database, story.opening, [f"Nora {n}" for n in range(12)], NOON, handed_in=12)
    renew_estimates(story.database, after(days=1))
    other = add_many(story.database, story.other_opening, ["Nora"], NOON, handed_in=1)[0]
    add_copies(story.database, first, 200, answers=True)
    add_copies(story.database, other, 2000, answers=True)
    _most_memory(story, story.opening, kind, written)  # what is held from the first time on
    few, many = (_most_memory(story, opening, kind, written) for opening in (story.opening, story.other_opening))
    assert many < 2 * few


def _most_memory(story: Story, opening: str, kind: ExportKind, written: FileFormat) -> int:
    tracemalloc.start()
    try:
        table = export_for_operator(story.database, opening, ExportRequest(kind))
        deque(file_pieces(table, written), maxlen=0)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_who_is_deleted_while_a_file_is_written_is_left_out(story: Story) -> None:
    story.submitted("Anna")
    bela = story.submitted("Bela")
    table = export(story)
    with story.database.writing() as db:
        session = db.get_one(AssessmentSessionRecord, bela.session_id)
        erase_candidate(db, session, ErasedBy.CANDIDATE, ErasureReason.ASKED, after(hours=2))
    assert (table.n, len(list(table.rows))) == (2, 1)
