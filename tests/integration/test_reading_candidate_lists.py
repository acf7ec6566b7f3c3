"""What a list and the way from one candidate to the next take of the database."""

import re

import pytest

from eiassess.domain.sessions import SessionState
from eiassess.services.differences.estimates import renew_estimates
from eiassess.services.results.candidate_lists import PAGE_SIZE, ListQuery, ListSort, list_candidates
from eiassess.services.results.for_recruiters import get_candidate_result
from tests.candidate_lists import A_PART, sorted_out
from tests.candidates import add_copies, add_many
from tests.hiring_story import NOON, Story, after, switch_on
from tests.statements import asked


@pytest.fixture
def sorted_story(story: Story) -> Story:
    return sorted_out(story)


STATEMENTS_AT_MOST = 24


SCORED_ANSWERS_ORDER_AND_ESTIMATE = 4


"""What it takes to place one person by the estimate of errors."""


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
