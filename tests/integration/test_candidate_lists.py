"""An opening's candidates as a list: few queries, an order, pages, and who comes before and after."""

from datetime import timedelta

import pytest

from eiassess.domain.sessions import SessionState
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.results.candidate_lists import PAGE_SIZE, ListQuery, ListSort, list_candidates
from eiassess.services.results.for_recruiters import get_candidate_result
from eiassess.services.sitting.handing_in import rescore_session, submit_session
from tests.answering import following_the_key
from tests.candidates import add_many
from tests.hiring_story import NOON, Story, after, standard_form
from tests.statements import asked

OPENING_MEMBER_ROWS_ANSWERS = 4


def names(story: Story, **query: object) -> list[str]:
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(**query))  # type: ignore[arg-type]  # a list's fields
    return [row.name for row in found.candidates]


@pytest.mark.parametrize("sort", [ListSort.NUMBER, ListSort.SCORE, ListSort.FLAG])
def test_a_list_takes_as_many_statements_for_40_candidates_as_for_5(story: Story, sort: ListSort) -> None:
    add_many(story.database, story.opening, [f"Nora {n:02}" for n in range(5)], NOON, handed_in=3, begun=1)
    list_candidates(story.database, story.alice, story.opening)  # what is pinned is held from here on
    with asked() as for_5:
        few = list_candidates(story.database, story.alice, story.opening, ListQuery(sort))
    add_many(story.database, story.opening, [f"Ida {n:02}" for n in range(35)], NOON, handed_in=30, begun=2)
    with asked() as for_40:
        many = list_candidates(story.database, story.alice, story.opening, ListQuery(sort))
    assert (len(few.candidates), len(many.candidates)) == (5, 40)
    assert len(for_5) == len(for_40) == OPENING_MEMBER_ROWS_ANSWERS


def test_one_candidate_takes_as_many_statements_among_40_as_among_5(story: Story) -> None:
    first = add_many(story.database, story.opening, [f"Nora {n:02}" for n in range(5)], NOON, handed_in=3)[0]
    get_candidate_result(story.database, story.alice, first)
    with asked() as among_5:
        get_candidate_result(story.database, story.alice, first)
    add_many(story.database, story.opening, [f"Ida {n:02}" for n in range(35)], NOON, handed_in=30)
    with asked() as among_40:
        get_candidate_result(story.database, story.alice, first)
    assert len(among_5) == len(among_40) <= 6
    assert sum("score.content" in each for each in among_40) == 1, "one person's score is read, nobody else's"


def test_the_newest_score_is_listed_once(story: Story) -> None:
    casey = story.submitted("Casey", following_the_key())
    rescore_session(story.database, casey.session_id, after(hours=2))
    found = list_candidates(story.database, story.alice, story.opening)
    assert [row.name for row in found.candidates] == ["Casey"]
    result = get_candidate_result(story.database, story.alice, casey.session_id)
    assert result.stored is not None
    assert result.stored.scored_at == after(hours=2)


@pytest.fixture
def sorted_story(story: Story) -> Story:
    """Zoe scores high, åsa low, bo in between and fast; Ann began; Cy did not."""
    zoe = story.submitted("Zoe", following_the_key())
    story.submitted("åsa")
    bo = story.begun("bo")
    for number, scenario in enumerate(standard_form().form.scenarios):
        bo.save(scenario.id, dict.fromkeys(scenario.option_ids, 4), now=NOON + timedelta(seconds=number + 1))
    submit_session(story.database, bo.invitation_id, after(hours=2))
    story.begun("Ann")
    story.invite("Cy")
    release_candidate(story.database, story.alice, zoe.session_id, after(hours=3))
    return story


@pytest.mark.parametrize(
    ("sort", "up", "down"),
    [
        (ListSort.NUMBER, ["Zoe", "åsa", "bo", "Ann", "Cy"], ["Cy", "Ann", "bo", "åsa", "Zoe"]),
        (ListSort.NAME, ["Ann", "bo", "Cy", "Zoe", "åsa"], ["åsa", "Zoe", "Cy", "bo", "Ann"]),
        (ListSort.STATE, ["Zoe", "åsa", "bo", "Ann", "Cy"], ["Cy", "Ann", "Zoe", "åsa", "bo"]),
        # without a value last both ways, and equal ones by number
        (ListSort.SCORE, ["åsa", "Zoe", "bo", "Ann", "Cy"], ["Zoe", "åsa", "bo", "Ann", "Cy"]),
        (ListSort.FLAG, ["Zoe", "åsa", "Ann", "Cy", "bo"], ["bo", "Zoe", "åsa", "Ann", "Cy"]),
        (ListSort.SUBMITTED, ["Zoe", "åsa", "bo", "Ann", "Cy"], ["bo", "Zoe", "åsa", "Ann", "Cy"]),
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
        ({"search": "o", "state": SessionState.INVITED}, []),
    ],
)
def test_a_filter(sorted_story: Story, query: dict[str, object], found: list[str]) -> None:
    assert names(sorted_story, **query) == found


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


def test_the_way_to_the_next_goes_past_the_end_of_a_page(story: Story) -> None:
    ids = add_many(story.database, story.opening, [f"Nora {n:02}" for n in range(PAGE_SIZE + 1)], NOON)
    assert beside(story, ids[PAGE_SIZE - 1]) == (f"Nora {PAGE_SIZE - 2}", PAGE_SIZE, PAGE_SIZE + 1, f"Nora {PAGE_SIZE}")
