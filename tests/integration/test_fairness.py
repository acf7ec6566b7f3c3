"""Voluntary answers: out of the database's own sight, summed up in steps, gone with their people."""

import json
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.fairness import USUAL
from eiassess.domain.sessions import SessionState
from eiassess.errors import NotFoundError, RefusedError, SetupError
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    FairnessAnswerRecord,
    FairnessPageRecord,
    StageMoveRecord,
    UserRecord,
)
from eiassess.services import Database
from eiassess.services.fairness.answering import (
    answer_fairness,
    forget_answers,
    get_own_fairness,
    take_back_fairness,
)
from eiassess.services.fairness.one_way import one_way_id
from eiassess.services.fairness.pages import lock_page
from eiassess.services.fairness.sums import find_sums, renew_sums
from eiassess.services.fairness.switching import get_fairness, switch_off, switch_on
from eiassess.services.hiring.openings import KEEP_DAYS
from eiassess.services.links import LinkClosedError
from eiassess.services.own_page.own_data import get_own_data
from eiassess.services.upkeep.promises import Promises
from eiassess.services.upkeep.retention import delete_candidate, delete_expired
from tests.fairness_story import LAW, answers_of, ask_in, kept_answers, sat_and_asked
from tests.hiring_story import NOON, Story, after, rows

WOMAN, MAN = {"q1": "Woman"}, {"q1": "Man"}


def counts(database: Database, opening: str) -> dict[str, int | None]:
    with database.reading() as db:
        found = find_sums(db, opening)
    return {each.category: each.n for each in found.sums.questions[0].counts} if found else {}


def take_back(database: Database, opening: str, *sessions: str) -> None:
    with database.writing() as db:
        for each in sessions:
            forget_answers(db, each, opening)


def test_the_id_is_made_with_the_secret_and_the_database_alone_has_none(database: Database) -> None:
    with database.reading() as db:
        one, other = one_way_id(db, "a"), one_way_id(db, "b")
    assert len({one, other}) == 2
    database.secret = lambda: "another secret"
    with database.reading() as db:
        assert one_way_id(db, "a") != one
    bare = Database(database.url)
    with bare.reading() as db, pytest.raises(SetupError, match="without the installation's secret"):
        one_way_id(db, "a")
    bare.close()


def test_ones_own_data_have_answers_only_where_some_were_given(story: Story) -> None:
    casey, robin = story.submitted("Casey"), story.submitted("Robin")
    assert get_own_data(story.database, casey.invitation_id).voluntary is None
    ask_in(story.database, story.opening)
    answer_fairness(story.database, casey.invitation_id, {"q1": "1"})
    assert get_own_data(story.database, robin.invitation_id).voluntary is None
    kept = get_own_data(story.database, casey.invitation_id).voluntary
    assert kept is not None
    assert USUAL[0].categories[0] in kept.values()


def test_rows_do_not_tell_in_which_order_they_came(database: Database) -> None:
    opening = sat_and_asked(database, 12)
    for place in range(12):
        answers_of(database, opening, [WOMAN], first=place)
    renew_sums(database, NOON)
    with database.reading() as db:
        stored = list(db.connection().exec_driver_sql("SELECT person FROM fairness_answer").scalars())
    assert stored == sorted(stored)


def test_sums_are_made_from_ten_people_on_and_anew_after_ten_more(database: Database) -> None:
    opening = sat_and_asked(database, 40)
    answers_of(database, opening, [WOMAN] * 9)
    assert renew_sums(database, NOON) == 0
    assert counts(database, opening) == {}
    answers_of(database, opening, [WOMAN], first=9)
    assert renew_sums(database, NOON) == 1
    assert counts(database, opening) == {"Woman": 10, "Man": None, "In another way": None}
    answers_of(database, opening, [MAN] * 9, first=10)
    assert renew_sums(database, NOON) == 0
    assert counts(database, opening)["Man"] is None
    answers_of(database, opening, [MAN], first=19)
    assert renew_sums(database, NOON) == 1
    assert counts(database, opening) == {"Woman": 10, "Man": 10, "In another way": None}
    assert renew_sums(database, NOON) == 0


def test_taking_back_and_changing_show_with_ten_others_and_not_before(database: Database) -> None:
    opening = sat_and_asked(database, 40)
    sessions = answers_of(database, opening, [WOMAN] * 12)
    renew_sums(database, NOON)
    take_back(database, opening, sessions[0])
    assert renew_sums(database, NOON) == 0
    assert counts(database, opening)["Woman"] == 12
    answers_of(database, opening, [MAN] * 9, first=12)
    assert renew_sums(database, NOON) == 0, "the one who left makes no room for nine"
    answers_of(database, opening, [MAN], first=21)
    renew_sums(database, NOON)
    assert counts(database, opening) == {"Woman": 11, "Man": 10, "In another way": None}


def test_an_answer_that_changed_counts_as_one_that_is_new(story: Story) -> None:
    ask_in(story.database, story.opening)
    people = [story.submitted(f"P{place}") for place in range(10)]
    for each in people:
        answer_fairness(story.database, each.invitation_id, {"q1": "1"})
    assert renew_sums(story.database, NOON) == 1
    for each in people:
        answer_fairness(story.database, each.invitation_id, {"q1": "1"})
    assert renew_sums(story.database, NOON) == 0, "the same answers sent again are not new"
    for each in people[1:]:
        answer_fairness(story.database, each.invitation_id, {"q1": "2"})
    assert renew_sums(story.database, NOON) == 0
    assert len(rows(story.database, "fairness_counted")) == 1, "nothing is kept of answers that were replaced"
    answer_fairness(story.database, people[0].invitation_id, {"q1": "2"})
    assert renew_sums(story.database, NOON) == 1
    assert counts(story.database, story.opening)["Man"] == 10


def test_a_dump_does_not_tell_which_answers_are_counted(database: Database) -> None:
    opening = sat_and_asked(database, 16)
    sessions = answers_of(database, opening, [WOMAN] * 12)
    renew_sums(database, NOON)
    answers_of(database, opening, [MAN] * 4, first=12)
    renew_sums(database, NOON)
    counted, kept = rows(database, "fairness_counted"), rows(database, "fairness_answer")
    assert set(kept[0]) == {"person", "opening_id", "answers"}
    assert len(counted) == 12
    assert not {each["mark"] for each in counted} & {each["person"] for each in kept}
    with database.reading() as db:
        stored = list(db.connection().exec_driver_sql("SELECT person FROM fairness_answer").scalars())
    assert stored == sorted(stored), "the four that came last lie among the others"
    take_back(database, opening, sessions[0])
    assert len(rows(database, "fairness_counted")) == 11, "its mark goes with an answer"


def test_only_answers_whose_sitting_is_found_make_ten(database: Database) -> None:
    opening = sat_and_asked(database, 30)
    answers_of(database, opening, [WOMAN] * 9)
    with database.writing() as db:
        for place in range(9):
            db.add(FairnessAnswerRecord(person=f"{place:064}", opening_id=opening, answers='{"q1": "Man"}'))
    assert renew_sums(database, NOON) == 0
    answers_of(database, opening, [WOMAN], first=9)
    assert renew_sums(database, NOON) == 1
    assert counts(database, opening)["Woman"] == 10


def test_taking_back_while_sums_are_made_deletes(database: Database) -> None:
    """Sums write the rows anew: whoever had read one before would delete nothing then."""
    opening = sat_and_asked(database, 12)
    session = answers_of(database, opening, [WOMAN] * 12)[0]
    answers_of(database, sat_and_asked(database, 1, title="Another"), [WOMAN])
    with ThreadPoolExecutor(1) as other:
        with database.writing() as db:
            lock_page(db, opening)
            gone = other.submit(take_back, database, opening, session)
            wait_for_a_lock(database, gone)
            (row,) = [each for each in db.exec(select(FairnessAnswerRecord)) if each.person == one_way_id(db, session)]
            kept = row.model_dump()
            db.delete(row)
            db.flush()
            db.expunge_all()
            db.add(FairnessAnswerRecord(**kept))
        gone.result()
    assert len(kept_answers(database)) == 12, "eleven here, and one elsewhere"


OF_A_PERSON = (
    "assessment_session", "candidate", "invitation", "item_response", "score", "listed_score", "listed_part"
)  # fmt: skip


def transactions(database: Database, table: str) -> set[str]:
    """Which transactions PostgreSQL notes in the rows of a table: who wrote them, and who changed or locked them."""
    if database.url.startswith("sqlite"):
        return set()  # it notes none
    with database.reading() as db:
        query = f"SELECT xmin::text FROM {table} UNION SELECT xmax::text FROM {table}"  # noqa: S608 - our own table
        return set(db.connection().exec_driver_sql(query).scalars()) - {"0"}


def test_no_row_of_a_person_notes_the_transaction_of_their_answers(story: Story) -> None:
    ask_in(story.database, story.opening)
    person = story.submitted()
    for place in ("1", "2"):
        answer_fairness(story.database, person.invitation_id, {"q1": place})
        of_answers = transactions(story.database, "fairness_answer")
        assert bool(of_answers) == story.database.url.startswith("postgresql")
        for table in OF_A_PERSON:
            assert not of_answers & transactions(story.database, table), table
    take_back_fairness(story.database, person.invitation_id)
    assert kept_answers(story.database) == []


def test_one_answer_alone_is_written_anew_too(story: Story) -> None:
    ask_in(story.database, story.opening)
    answer_fairness(story.database, story.submitted().invitation_id, {"q1": "1"})
    before, kept = transactions(story.database, "fairness_answer"), rows(story.database, "fairness_answer")
    assert renew_sums(story.database, NOON) == 0
    assert not before & transactions(story.database, "fairness_answer")
    assert rows(story.database, "fairness_answer") == kept


def test_whoever_is_deleted_while_they_answer_leaves_none(story: Story) -> None:
    ask_in(story.database, story.opening)
    person = story.submitted()
    with ThreadPoolExecutor(1) as other:
        with story.database.writing() as db:
            candidate = db.get_one(AssessmentSessionRecord, person.session_id).candidate_id
            forget_answers(db, person.session_id, story.opening)
            answering = other.submit(answer_fairness, story.database, person.invitation_id, {"q1": "1"})
            wait_for_a_lock(story.database, answering)
            delete_candidate(db, person.session_id, candidate)
        with pytest.raises(LinkClosedError):
            answering.result()
    assert kept_answers(story.database) == []


def test_a_link_that_leads_nowhere_takes_no_answer(story: Story) -> None:
    with pytest.raises(LinkClosedError):
        answer_fairness(story.database, "none", {"q1": "1"})


def wait_for_a_lock(database: Database, other: Future[None]) -> None:
    """Wait until another transaction of this database waits for a lock; SQLite has writers queue by themselves."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    waits = database.url.startswith("sqlite")
    while not waits and not other.done():
        with database.reading() as db:
            waits = bool(db.connection().exec_driver_sql(query).scalar_one())


def test_an_opening_in_which_it_fails_keeps_the_others_from_nothing(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    openings = [sat_and_asked(database, 12, title=title) for title in ("One", "Two")]
    for each in openings:
        answers_of(database, each, [WOMAN] * 12)
    with database.writing() as db:
        db.get_one(FairnessPageRecord, min(openings)).questions = "x"
    assert renew_sums(database, NOON) == 1
    assert f"Opening: {min(openings)}" in caplog.text
    assert counts(database, max(openings))["Woman"] == 12


def test_once_all_are_gone_the_questions_of_their_sums_stay(story: Story) -> None:
    ask_in(story.database, story.opening)
    for place in range(10):
        answer_fairness(story.database, story.submitted(f"P{place}").invitation_id, {"q1": "1"})
    renew_sums(story.database, NOON)
    with story.database.writing() as db:
        for candidate in db.exec(select(CandidateRecord).where(CandidateRecord.opening_id == story.opening)).all():
            query = select(AssessmentSessionRecord.id).where(AssessmentSessionRecord.candidate_id == candidate.id)
            delete_candidate(db, db.exec(query).one(), candidate.id)
    other = [("Where do you work best?", ["At home", "At the office"])]
    with pytest.raises(RefusedError, match="answers or sums of theirs are kept"):
        switch_on(story.database, story.alice, story.opening, other, "Sue", NOON, law_144=False)
    switch_off(story.database, story.alice, story.opening)
    assert not get_fairness(story.database, story.alice, story.opening).asks
    assert counts(story.database, story.opening)["Woman"] == 10


def move(
    database: Database, sessions: list[str], stage: DecisionStage = DecisionStage.INTERVIEW, number: int = 0
) -> None:
    with database.writing() as db:
        user = rows(database, "user_account")[0]["id"]
        assert db.get(UserRecord, user)
        for each in sessions:
            db.add(
                StageMoveRecord(
                    id=f"{each[:20]}{stage[:4]}{number}", session_id=each, number=number or 1 + len(stage), stage=stage,
                    person="", reason="",
                    moved_by=user, moved_at=NOON,
                )
            )  # fmt: skip


def stage_rows(database: Database, opening: str) -> list[tuple[int, int | None]]:
    with database.reading() as db:
        found = find_sums(db, opening)
    assert found
    return [(row.n, row.reached) for row in found.sums.stages[0].rows["q1"]]


def test_a_stage_is_made_anew_once_ten_more_came_there(database: Database) -> None:
    opening = sat_and_asked(database, 60)
    sessions = answers_of(database, opening, [WOMAN] * 30 + [MAN] * 30)
    move(database, sessions[:12] + sessions[30:45])
    renew_sums(database, NOON)
    assert stage_rows(database, opening) == [(30, 12), (30, 15)]
    move(database, sessions[12:20] + sessions[45:46])
    assert renew_sums(database, NOON) == 0, "nine more came there"
    move(database, sessions[46:47], DecisionStage.OFFER)
    assert renew_sums(database, NOON) == 1
    assert stage_rows(database, opening) == [(30, 20), (30, 17)]
    move(database, sessions[:20], DecisionStage.HIRED)
    take_back(database, opening, sessions[50])
    assert renew_sums(database, NOON) == 0, "who left would show, so it waits for ten answers"


def test_a_stage_that_was_taken_back_does_not_count(database: Database) -> None:
    opening = sat_and_asked(database, 60)
    sessions = answers_of(database, opening, [WOMAN] * 30 + [MAN] * 30)
    move(database, sessions[:20] + sessions[30:45])
    move(database, sessions[:15], DecisionStage.HIRED, number=20)
    move(database, sessions[:5], DecisionStage.TO_REVIEW, number=21)
    move(database, sessions[:2], number=22)
    renew_sums(database, NOON)
    assert stage_rows(database, opening) == [(30, 17), (30, 15)]
    with database.reading() as db:
        found = find_sums(db, opening)
    assert found
    assert found.sums.stages[1].n_reached == 10, "of those who were hired, five were put back to review"


def test_a_stage_is_made_anew_where_ten_came_while_others_went(database: Database) -> None:
    opening = sat_and_asked(database, 80)
    sessions = answers_of(database, opening, [WOMAN] * 30 + [MAN] * 30)
    move(database, sessions[:12] + sessions[30:45])
    renew_sums(database, NOON)
    assert stage_rows(database, opening) == [(30, 12), (30, 15)]
    take_back(database, opening, *sessions[30:40])
    more = answers_of(database, opening, [MAN] * 20, first=60)
    move(database, more[:10])
    assert renew_sums(database, NOON) == 1
    assert stage_rows(database, opening) == [(30, 12), (40, 15)], (
        "as many came as went, and it is of those who are there"
    )


def test_scores_are_those_of_the_opening_s_form_and_key_and_the_newest_ones(story: Story) -> None:
    ask_in(story.database, story.opening, LAW)
    people = [story.submitted(f"P{place}", ratings=[1 + place % 6, 6, 1, 3, 2, 5, 4, 1, 6, 2]) for place in range(10)]
    story.score_again(people[0], after(hours=3))
    for each in people:
        answer_fairness(story.database, each.invitation_id, {"law_sex": "1", "law_race": "2"})
    renew_sums(story.database, NOON)
    content = json.loads(rows(story.database, "fairness_sums")[0]["content"])
    assert sum(row["n"] for row in content["law_144"][0]["rows"]) == 10


def test_after_another_secret_nothing_is_summed_up(database: Database) -> None:
    opening = sat_and_asked(database, 12)
    answers_of(database, opening, [WOMAN] * 12)
    database.secret = lambda: "another secret, and nobody's answer is found any more"
    assert renew_sums(database, NOON) == 0
    assert counts(database, opening) == {}


def test_retention_deletes_answers_and_sums_stay(story: Story) -> None:
    ask_in(story.database, story.opening)
    people = [story.submitted(f"P{place}") for place in range(10)]
    for each in people:
        answer_fairness(story.database, each.invitation_id, {"q1": "1"})
    Promises().keep(story.database, after(hours=2))
    assert counts(story.database, story.opening)["Woman"] == 10
    delete_expired(story.database, after(hours=1, days=KEEP_DAYS))
    assert kept_answers(story.database) == []
    assert counts(story.database, story.opening)["Woman"] == 10
    assert renew_sums(story.database, after(days=KEEP_DAYS + 1)) == 0


def test_answers_that_nobody_can_be_found_for_go_with_the_opening_s_last_sitting(story: Story) -> None:
    ask_in(story.database, story.opening)
    casey = story.submitted()
    answer_fairness(story.database, casey.invitation_id, {"q1": "1"})
    story.database.secret = lambda: "another secret"
    delete_expired(story.database, after(hours=2))
    assert len(kept_answers(story.database)) == 1
    delete_expired(story.database, after(hours=1, days=KEEP_DAYS) + timedelta(hours=1))
    assert kept_answers(story.database) == []


def test_what_fails_keeps_nobody_from_being_deleted(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    ask_in(story.database, story.opening)
    for place in range(10):
        answer_fairness(story.database, story.submitted(f"P{place}").invitation_id, {"q1": "1"})
    with story.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE fairness_page SET questions = 'x'")
    Promises().keep(story.database, after(days=1000))
    assert "Summing up voluntary answers failed; it is tried again in an hour" in caplog.text
    assert [each for each in rows(story.database, "candidate") if each["opening_id"] == story.opening] == []


def test_nothing_is_asked_where_nobody_switched_it_on(story: Story) -> None:
    casey = story.submitted()
    for use in (
        lambda: get_own_fairness(story.database, casey.invitation_id),
        lambda: answer_fairness(story.database, casey.invitation_id, {"q1": "1"}),
    ):
        with pytest.raises(NotFoundError):
            use()
    with story.database.reading() as db:
        assert db.get_one(AssessmentSessionRecord, casey.session_id).state == SessionState.SUBMITTED
