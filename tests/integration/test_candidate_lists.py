"""An opening's candidates as a list: few queries, an order, pages, and who comes before and after."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, delete, select

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.sessions import SessionState
from eiassess.domain.shown_scores import shown_score
from eiassess.errors import RefusedError
from eiassess.persistence.migrations import downgrade_database, upgrade_database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ListedPartRecord,
    ListedScoreRecord,
    ScoreRecord,
)
from eiassess.services import Database
from eiassess.services.differences.estimates import renew_estimates
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.results.candidate_lists import PAGE_SIZE, ListQuery, ListSort, list_candidates
from eiassess.services.results.comparing import compare_candidates
from eiassess.services.results.for_recruiters import get_candidate_result
from eiassess.services.sitting.handing_in import submit_session
from eiassess.services.sitting.listed import list_again, list_areas
from tests.answering import following_the_key
from tests.candidates import add_copies, add_many
from tests.hiring_story import NOON, Story, after, rows, standard_form, switch_on
from tests.statements import asked

BEFORE, BEFORE_LISTED = "0008", "0019"
LISTED = ("score_basis", "listed_score", "listed_part")
STATEMENTS_AT_MOST = 24
SCORED_ANSWERS_ORDER_AND_ESTIMATE = 4
"""What it takes to place one person by the estimate of errors."""
A_PART = "recovery"
AN_AREA, OTHER_AREA = "service-judgement", "emotional-intelligence-in-service"


def names(story: Story, **query: object) -> list[str]:
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(**query))  # type: ignore[arg-type]  # a list's fields
    return [row.name for row in found.candidates]


LISTS = (
    *(ListQuery(sort, part=A_PART if sort is ListSort.PART else "") for sort in ListSort),
    ListQuery(search="nora"),
    ListQuery(state=SessionState.SUBMITTED, stage="to_review", flagged=True, since=NOON.date(), until=NOON.date()),
    ListQuery(ListSort.SCORE, descending=True, at_least=1, at_most=99, state=SessionState.SUBMITTED),
)


def asked_for(story: Story, session_id: str) -> list[tuple[int, int]]:
    """Count what each list, and a candidate who stands in it, takes of the database."""
    counts = []
    for query in LISTS:
        with asked() as for_list:
            list_candidates(story.database, story.alice, story.opening, query)
        with asked() as for_candidate:
            get_candidate_result(story.database, story.alice, session_id, query)
        counts.append((len(for_list), len(for_candidate)))
    return counts


def test_every_list_takes_as_many_statements_for_5000_candidates_as_for_41(story: Story) -> None:
    switch_on(story.database, story.opening)
    first = add_many(story.database, story.opening, [f"Nora {n:02}" for n in range(41)], NOON, handed_in=30, begun=2)[0]
    assert renew_estimates(story.database, after(days=1)) == 1
    asked_for(story, first)  # what is pinned is held from here on
    for_41 = asked_for(story, first)
    add_copies(story.database, first, 4959)
    found = list_candidates(story.database, story.alice, story.opening)
    assert (found.summary.n_all, len(found.candidates)) == (5000, PAGE_SIZE)
    assert asked_for(story, first) == for_41
    assert max(for_list for for_list, _ in for_41) <= STATEMENTS_AT_MOST


def test_a_page_reads_the_scores_and_answers_of_those_whom_it_shows(story: Story) -> None:
    ids = add_many(story.database, story.opening, [f"Nora {n:02}" for n in range(52)], NOON, handed_in=52)
    with asked() as statements:
        found = list_candidates(story.database, story.alice, story.opening, ListQuery(page=2))
    assert [row.session_id for row in found.candidates] == ids[PAGE_SIZE:]
    (scores,) = [each for each in statements if "score.content" in each]
    assert scores.count("?") + scores.count("%(") <= 4
    (answers,) = [each for each in statements if "item_response" in each]
    assert answers.count("?") + answers.count("%(") == 2


def test_one_candidate_takes_as_many_statements_among_40_as_among_5(story: Story) -> None:
    first = add_many(story.database, story.opening, [f"Nora {n:02}" for n in range(5)], NOON, handed_in=3)[0]
    get_candidate_result(story.database, story.alice, first)
    with asked() as among_5:
        get_candidate_result(story.database, story.alice, first)
    add_many(story.database, story.opening, [f"Ida {n:02}" for n in range(35)], NOON, handed_in=30)
    with asked() as among_40:
        get_candidate_result(story.database, story.alice, first)
    assert len(among_5) == len(among_40) <= 20 + SCORED_ANSWERS_ORDER_AND_ESTIMATE
    assert sum("score.content," in each for each in among_40) == 1, "one person's score is read, nobody else's"


def test_the_newest_score_is_listed_once(story: Story) -> None:
    casey = story.submitted("Casey", following_the_key())
    story.score_again(casey, after(hours=2))
    found = list_candidates(story.database, story.alice, story.opening)
    assert [row.name for row in found.candidates] == ["Casey"]
    result = get_candidate_result(story.database, story.alice, casey.session_id)
    assert result.stored is not None
    assert result.stored.scored_at == after(hours=2)


@pytest.fixture
def sorted_story(story: Story) -> Story:
    """Zoe scores high, åsa low, bo in between and fast; Ann began; Cy did not; scores may put them in order."""
    switch_on(story.database, story.opening)
    zoe = story.submitted("Zoe", following_the_key())
    story.submitted("åsa")
    bo = story.begun("bo")
    for number, scenario in enumerate(standard_form().form.scenarios):
        bo.save(scenario.id, dict.fromkeys(scenario.option_ids, 4), now=NOON + timedelta(seconds=number + 1))
    submit_session(story.database, bo.invitation_id, after(hours=2))
    story.begun("Ann")
    story.invite("Cy")
    release_candidate(story.database, story.alice, zoe.session_id, after(hours=3))
    with story.database.writing() as db:
        db.get_one(AssessmentSessionRecord, bo.session_id).stage = DecisionStage.INTERVIEW
    return story


@pytest.mark.parametrize(
    ("sort", "up", "down"),
    [
        (ListSort.NUMBER, ["Zoe", "åsa", "bo", "Ann", "Cy"], ["Cy", "Ann", "bo", "åsa", "Zoe"]),
        (ListSort.NAME, ["Ann", "åsa", "bo", "Cy", "Zoe"], ["Zoe", "Cy", "bo", "åsa", "Ann"]),
        (ListSort.STATE, ["Zoe", "åsa", "bo", "Ann", "Cy"], ["Cy", "Ann", "Zoe", "åsa", "bo"]),
        # without a value last both ways, and equal ones by number
        (ListSort.SCORE, ["åsa", "Zoe", "bo", "Ann", "Cy"], ["Zoe", "åsa", "bo", "Ann", "Cy"]),
        (ListSort.FLAG, ["Zoe", "åsa", "Ann", "Cy", "bo"], ["bo", "Zoe", "åsa", "Ann", "Cy"]),
        (ListSort.SUBMITTED, ["Zoe", "åsa", "bo", "Ann", "Cy"], ["bo", "Zoe", "åsa", "Ann", "Cy"]),
        (ListSort.STAGE, ["Zoe", "åsa", "Ann", "Cy", "bo"], ["bo", "Zoe", "åsa", "Ann", "Cy"]),
        (ListSort.RELEASED, ["åsa", "bo", "Ann", "Cy", "Zoe"], ["Zoe", "åsa", "bo", "Ann", "Cy"]),
    ],
)
def test_every_order(sorted_story: Story, sort: ListSort, up: list[str], down: list[str]) -> None:
    assert names(sorted_story, sort=sort) == up
    assert names(sorted_story, sort=sort, descending=True) == down


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": SessionState.SUBMITTED}, ["Zoe", "åsa", "bo"]),
        ({"state": SessionState.STARTED}, ["Ann"]),
        ({"state": SessionState.INVITED}, ["Cy"]),
        ({"search": "O"}, ["Zoe", "bo"]),
        ({"search": "asa"}, ["åsa"]),
        ({"search": "Z%"}, []),
        ({"search": "_"}, []),
        ({"search": "z/oe"}, []),
        ({"search": "z\0oe"}, ["Zoe"]),
        ({"search": "cy ann"}, []),
        ({"search": "exam"}, ["Zoe", "åsa", "bo", "Ann", "Cy"]),
        ({"search": "ex"}, []),
        ({"search": "o", "state": SessionState.INVITED}, []),
        ({"stage": "interview"}, ["bo"]),
        ({"stage": "to_review", "state": SessionState.SUBMITTED}, ["Zoe", "åsa"]),
        ({"stage": "dreaming"}, []),
        ({"flagged": True}, ["bo"]),
        ({"since": NOON.date()}, ["Zoe", "åsa", "bo"]),
        ({"since": NOON.date() + timedelta(days=1)}, []),
        ({"until": NOON.date()}, ["Zoe", "åsa", "bo"]),
        ({"until": NOON.date() - timedelta(days=1)}, []),
        ({"at_least": 90.0}, ["Zoe"]),
        ({"at_most": 90.0}, ["åsa"]),
        ({"at_least": 90.0, "search": "asa"}, []),
    ],
)
def test_a_filter(sorted_story: Story, query: dict[str, object], found: list[str]) -> None:
    assert names(sorted_story, **query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"at_least": 70.0}, ["Zoe"]),
        ({"at_most": 69.0}, ["åsa"]),
        ({"at_least": 70.0, "at_most": 70.0}, ["Zoe"]),
        ({"at_least": 69.0, "at_most": 69.0}, ["åsa"]),
        ({"at_least": 69.5}, ["Zoe"]),
        ({"at_most": 69.9}, ["åsa"]),
        ({"at_least": 71.0}, []),
    ],
)
def test_a_filter_by_score_goes_by_the_number_that_the_page_shows(
    sorted_story: Story, query: dict[str, object], found: list[str]
) -> None:
    scores = {"Zoe": 69.5, "åsa": 69.4999}
    assert {name: shown_score(score) for name, score in scores.items()} == {"Zoe": "70", "åsa": "69"}
    with sorted_story.database.writing() as db:
        for candidate in db.exec(select(CandidateRecord).where(col(CandidateRecord.name).in_(scores))):
            session = select(AssessmentSessionRecord.id).where(AssessmentSessionRecord.candidate_id == candidate.id)
            listed = db.exec(select(ListedScoreRecord).where(ListedScoreRecord.session_id == db.exec(session).one()))
            listed.one().overall = scores[candidate.name]
    assert names(sorted_story, **query) == found


@pytest.mark.parametrize("part", [A_PART, AN_AREA])
def test_an_area_or_a_competency_sorts_and_is_read_with_its_interval(sorted_story: Story, part: str) -> None:
    story = sorted_story
    assert names(story, sort=ListSort.PART, part=part, descending=True) == ["Zoe", "åsa", "bo", "Ann", "Cy"]
    assert names(story, sort=ListSort.PART, part=part) == ["åsa", "Zoe", "bo", "Ann", "Cy"]
    assert names(story, sort=ListSort.PART, part="nothing") == ["Zoe", "åsa", "bo", "Ann", "Cy"]
    assert names(story, sort=ListSort.PART, part=part, flagged=True) == ["bo"]
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(columns=(part,)))
    assert len(found.parts) == 2
    for session_id, listed in found.parts.items():
        result = get_candidate_result(story.database, story.alice, session_id)
        assert result.stored is not None
        interval = listed[part].interval
        assert interval is not None
        assert interval.low < listed[part].score < interval.high
        if part == A_PART:
            assert result.stored.score.competencies[part].interval == interval


def test_what_is_listed_is_what_is_stored(sorted_story: Story) -> None:
    """Made again from the stored scores and answers, every row is the same; also areas that came later."""
    database = sorted_story.database
    before = {table: listed_rows(database, table) for table in LISTED}
    assert {AN_AREA, A_PART} < {row["part"] for row in before["listed_part"]}
    with database.writing() as db:
        db.exec(delete(ListedPartRecord))
        for listed in db.exec(select(ListedScoreRecord)).all():
            listed.overall, listed.with_areas = None, False
    assert list_areas(database) == 3
    assert {table: listed_rows(database, table) for table in LISTED} == before
    assert list_areas(database) == 0


def test_scores_from_before_they_were_listed_are_listed(sorted_story: Story) -> None:
    story = sorted_story
    before = {table: listed_rows(story.database, table) for table in LISTED}
    numbers = [row["number"] for row in rows(story.database, "assessment_session")]
    story.database.close()
    downgrade_database(story.database.url, BEFORE_LISTED)
    upgrade_database(story.database.url)
    assert [row["number"] for row in rows(story.database, "assessment_session")] == numbers
    assert names(story, sort=ListSort.SCORE, descending=True) == ["Zoe", "åsa", "bo", "Ann", "Cy"]
    competencies = [row for row in before["listed_part"] if row["part"] not in {AN_AREA, OTHER_AREA}]
    assert listed_rows(story.database, "listed_part") == competencies
    assert list_areas(story.database) == 3
    assert {table: listed_rows(story.database, table) for table in LISTED} == before


def listed_rows(database: Database, table: str) -> list[dict[str, object]]:
    """Return rows in an order that does not depend on when they were written."""
    return sorted(rows(database, table), key=lambda row: str([row.get("session_id"), row.get("part"), row.get("id")]))


def test_where_scores_may_not_rank_they_neither_sort_nor_leave_out(story: Story) -> None:
    story.submitted("Zoe", following_the_key())
    story.submitted("Ann")
    assert names(story, sort=ListSort.PART, part=A_PART, descending=True, at_least=99.9, at_most=0.0) == ["Ann", "Zoe"]


def test_the_summary_is_of_everybody_whatever_is_shown(sorted_story: Story) -> None:
    whole = list_candidates(sorted_story.database, sorted_story.alice, sorted_story.opening)
    part = list_candidates(
        sorted_story.database, sorted_story.alice, sorted_story.opening, ListQuery(state=SessionState.INVITED)
    )
    scores = [row.overall.score for row in whole.candidates if row.overall]
    assert whole.summary == part.summary
    assert (part.summary.n_all, part.summary.n_submitted, part.summary.n_set_apart) == (5, 3, 0)
    assert (part.summary.lowest, part.summary.highest) == (min(scores), max(scores))
    assert (part.n_matching, part.n_pages, part.n_before) == (1, 1, 0)


def test_one_score_alone_is_no_gap(story: Story) -> None:
    story.submitted("Casey")
    story.begun("Robin")
    summary = list_candidates(story.database, story.alice, story.opening).summary
    assert (summary.lowest, summary.highest, summary.n_submitted) == (None, None, 1)


@pytest.mark.parametrize(
    ("n", "page", "really", "n_pages", "places"),
    [
        (49, 1, 1, 1, (0, 49)),
        (50, 1, 1, 1, (0, 50)),
        (50, 2, 1, 1, (0, 50)),
        (51, 1, 1, 2, (0, 50)),
        (51, 2, 2, 2, (50, 51)),
        (51, 3, 2, 2, (50, 51)),
        (51, 0, 1, 2, (0, 50)),
        (101, 2, 2, 3, (50, 100)),
    ],
)
def test_pages(story: Story, n: int, page: int, really: int, n_pages: int, places: tuple[int, int]) -> None:
    ids = add_many(story.database, story.opening, [f"Nora {each:03}" for each in range(n)], NOON)
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(page=page))
    assert (found.query.page, found.n_pages, found.n_matching, found.n_before) == (really, n_pages, n, places[0])
    assert [row.session_id for row in found.candidates] == ids[slice(*places)]


def test_nobody_is_one_empty_page(story: Story) -> None:
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(page=2))
    assert (found.candidates, found.n_pages, found.query.page, found.n_matching) == ((), 1, 1, 0)


def beside(story: Story, session_id: str, **query: object) -> tuple[object, ...]:
    result = get_candidate_result(story.database, story.alice, session_id, ListQuery(**query))  # type: ignore[arg-type]  # the same
    place = result.place
    assert place is not None
    before, after_ = place.previous, place.following
    return before and before.name, place.place, place.n_matching, after_ and after_.name


def test_the_way_to_the_next_follows_the_list(sorted_story: Story) -> None:
    rows = list_candidates(sorted_story.database, sorted_story.alice, sorted_story.opening).candidates
    ids = {row.name: row.session_id for row in rows}
    assert beside(sorted_story, ids["Zoe"]) == (None, 1, 5, "åsa")
    assert beside(sorted_story, ids["Cy"]) == ("Ann", 5, 5, None)
    assert beside(sorted_story, ids["åsa"], sort=ListSort.SCORE, descending=True) == ("Zoe", 2, 5, "bo")
    assert beside(sorted_story, ids["bo"], sort=ListSort.FLAG, descending=True) == (None, 1, 5, "Zoe")
    assert beside(sorted_story, ids["bo"], state=SessionState.SUBMITTED) == ("åsa", 3, 3, None)
    assert beside(sorted_story, ids["Ann"], state=SessionState.STARTED) == (None, 1, 1, None)
    assert beside(sorted_story, ids["Ann"], state=SessionState.SUBMITTED) == ("bo", 4, 5, "Cy"), "not on that list"


def test_everybody_has_the_place_where_they_stand_in_every_order(sorted_story: Story) -> None:
    for sort in ListSort:
        for descending in (False, True):
            query = ListQuery(sort, descending=descending, part=A_PART if sort is ListSort.PART else "")
            shown = list_candidates(sorted_story.database, sorted_story.alice, sorted_story.opening, query).candidates
            for n, row in enumerate(shown):
                place = get_candidate_result(sorted_story.database, sorted_story.alice, row.session_id, query).place
                assert place is not None
                before, after_ = place.previous, place.following
                assert (place.place, place.n_matching) == (n + 1, len(shown)), (sort, descending)
                assert (before.session_id if before else None) == (shown[n - 1].session_id if n else None)
                last = n + 1 == len(shown)
                assert (after_.session_id if after_ else None) == (None if last else shown[n + 1].session_id)


def test_the_way_to_the_next_reads_no_more_than_who_is_beside(sorted_story: Story) -> None:
    rows = list_candidates(sorted_story.database, sorted_story.alice, sorted_story.opening).candidates
    for query in LISTS:
        with asked() as statements:
            get_candidate_result(sorted_story.database, sorted_story.alice, rows[2].session_id, query)
        numbers = [each for each in statements if re.match(r"SELECT \w+\.number\s+FROM", each)]
        assert numbers
        assert all("LIMIT" in each for each in numbers), "nobody's list is read whole"


def test_the_way_to_the_next_goes_past_the_end_of_a_page(story: Story) -> None:
    ids = add_many(story.database, story.opening, [f"Nora {n:02}" for n in range(PAGE_SIZE + 1)], NOON)
    assert beside(story, ids[PAGE_SIZE - 1]) == (f"Nora {PAGE_SIZE - 2}", PAGE_SIZE, PAGE_SIZE + 1, f"Nora {PAGE_SIZE}")


def stored_again(story: Story, session_id: str, **other: object) -> None:
    """Add a newer score with something else about it."""
    with story.database.writing() as db:
        today = db.exec(select(ScoreRecord).where(ScoreRecord.session_id == session_id)).one()
        db.add(ScoreRecord(**today.model_dump() | {"id": "other", "number": 2} | other))
        db.flush()
        list_again(db, [session_id])


@pytest.mark.parametrize(
    "other", [{"engine": "house-scale-0 (EIAssess 0.0)"}, {"key_digest": "0" * 64}, {"engine": "house-scale-1"}]
)
def test_a_list_sets_apart_whom_the_page_that_compares_refuses(story: Story, other: dict[str, str]) -> None:
    switch_on(story.database, story.opening)
    casey, robin, zoe = (story.submitted(name, following_the_key()) for name in ("Casey", "Robin", "Zoe"))
    stored_again(story, casey.session_id, overall=99.0, **other)
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(ListSort.SCORE, descending=True))
    apart = {row.name for row in found.candidates if row.apart}
    try:
        compare_candidates(story.database, story.alice, story.opening, [casey.session_id, robin.session_id])
    except RefusedError:
        assert apart == {"Casey"}
        assert (found.candidates[-1].name, found.summary.n_set_apart) == ("Casey", 1)
        assert found.summary.highest is not None
        assert found.summary.highest < 99
    else:
        assert not apart
        assert (found.candidates[0].name, found.summary.n_set_apart, found.summary.highest) == ("Casey", 0, 99.0)
    assert compare_candidates(story.database, story.alice, story.opening, [robin.session_id, zoe.session_id])


def test_a_name_that_is_changed_is_found_by_the_new_one(story: Story) -> None:
    casey = story.invite("Casey")
    with story.database.writing() as db:
        session = db.get_one(AssessmentSessionRecord, casey.session_id)
        person = db.get_one(CandidateRecord, session.candidate_id)
        person.name, person.email = "Zoë Müller", "zoe@example.net"
    assert names(story, search="mueller example.net") == ["Zoë Müller"]
    assert names(story, search="casey") == []


def test_scores_and_names_from_before_lists_were_sorted_by_the_database_are_filled_in(sorted_story: Story) -> None:
    """Also for somebody without an overall score, and for somebody whose answers are a reason to talk."""
    story = sorted_story
    before = {name: rows(story.database, name) for name in ("candidate", "score")}
    assert {row["flagged"] for row in before["score"]} == {False, True}
    assert None in {row["overall"] for row in before["score"]}
    story.database.close()
    downgrade_database(story.database.url, BEFORE)
    upgrade_database(story.database.url)
    assert {name: rows(story.database, name) for name in before} == before
    with pytest.raises(DBAPIError, match="appended, never changed"), story.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE score SET overall = 100")
