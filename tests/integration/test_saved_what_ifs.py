"""What-ifs that were kept: weights with a name, a reason and who kept them, and nothing else."""

from collections.abc import Mapping

import pytest

from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.services.deciding.uses import switch_off
from eiassess.services.results.saved_what_ifs import (
    NAME_AT_MOST,
    WHAT_IFS_AT_MOST,
    NewWhatIf,
    SavedWhatIf,
    delete_what_if,
    save_what_if,
)
from eiassess.services.results.what_if import WhyNot, get_what_if
from tests.hiring_story import NOON, Story, after, rows, switch_on

WEIGHTS = {"recovery": 3, "listening-with-compassion": 1, "speaking-up": 0}


@pytest.fixture
def ranking(story: Story) -> Story:
    switch_on(story.database, story.opening)
    return story


def save(
    story: Story, name: str = "Nights", reason: str = "Fewer calls.", weights: Mapping[str, int] | None = None
) -> str:
    new = NewWhatIf(name, reason, WEIGHTS if weights is None else weights)
    return save_what_if(story.database, story.alice, story.opening, new, NOON)


def kept(story: Story, user_id: str) -> tuple[SavedWhatIf, ...]:
    return get_what_if(story.database, user_id, story.opening, {}).kept


def test_what_is_kept_has_a_name_a_reason_a_person_and_a_time_and_no_candidate(ranking: Story) -> None:
    ranking.submitted("Robin")
    what_if_id = save(ranking, " Only  nights ", " Fewer  calls. ")
    counting = {"recovery": 3, "listening-with-compassion": 1}
    found = SavedWhatIf(what_if_id, "Only nights", "Fewer calls.", counting, "Alice", is_own=True, kept_at=NOON)
    assert kept(ranking, ranking.alice) == (found,)
    (seen,) = kept(ranking, ranking.bob)
    assert (seen.kept_by, seen.is_own) == ("Alice", False)
    assert set(rows(ranking.database, "what_if")[0]) == {"id", "opening_id", "name", "reason", "kept_by", "kept_at"}
    assert set(rows(ranking.database, "what_if_weight")[0]) == {"what_if_id", "competency", "weight"}
    assert rows(ranking.database, "opening_profile") == []


def test_what_was_kept_is_opened_with_its_weights_and_those_alone(ranking: Story) -> None:
    ranking.submitted("Robin")
    what_if_id = save(ranking)
    found = get_what_if(ranking.database, ranking.bob, ranking.opening, {"speaking-up": 3}, what_if_id)
    assert found.saved is not None
    assert found.saved.id == what_if_id
    assert {each: weight for each, weight in found.weights.items() if weight} == found.saved.weights


@pytest.mark.parametrize(
    ("name", "reason", "weights", "message"),
    [
        (" ", "Why.", WEIGHTS, "Give the what-if a name of 1 to 60 characters"),
        ("n" * (NAME_AT_MOST + 1), "Why.", WEIGHTS, "Give the what-if a name"),
        ("Days", " ", WEIGHTS, "Say why you try these weights, in 1 to 500 characters"),
        ("Days", "w" * 501, WEIGHTS, "Say why"),
        ("Days", "Why.", {"recovery": 0}, "Give at least one of the competencies a weight from 1 to 3"),
        ("Days", "Why.", {"recovery": 4}, "a weight from 1 to 3"),
        ("Days", "Why.", {"recovery": 1, "charm": 2}, "a weight from 1 to 3"),
        ("Nights", "Why.", WEIGHTS, "There is a what-if of this name already"),
    ],
)
def test_what_cannot_be_kept(ranking: Story, name: str, reason: str, weights: Mapping[str, int], message: str) -> None:
    save(ranking)
    with pytest.raises(InvalidInputError, match=message):
        save(ranking, name, reason, weights)
    assert len(rows(ranking.database, "what_if")) == 1


def test_there_are_not_more_than_one_can_look_through(ranking: Story) -> None:
    for number in range(WHAT_IFS_AT_MOST):
        save(ranking, f"What if {number}")
    with pytest.raises(InvalidInputError, match="has 20 what-ifs already"):
        save(ranking, "One more")


def test_whoever_kept_it_deletes_it_and_nobody_else(ranking: Story) -> None:
    what_if_id = save(ranking)
    with pytest.raises(RefusedError, match="Only whoever kept a what-if deletes it"):
        delete_what_if(ranking.database, ranking.bob, ranking.opening, what_if_id)
    with pytest.raises(NotFoundError):
        delete_what_if(ranking.database, ranking.charlie, ranking.opening, what_if_id)
    with pytest.raises(NotFoundError, match="no such what-if"):
        delete_what_if(ranking.database, ranking.charlie, ranking.other_opening, what_if_id)
    for _ in range(2):
        delete_what_if(ranking.database, ranking.alice, ranking.opening, what_if_id)
    assert (rows(ranking.database, "what_if"), rows(ranking.database, "what_if_weight")) == ([], [])


def test_where_scores_may_not_rank_nothing_is_kept_and_what_was_can_be_deleted(ranking: Story) -> None:
    what_if_id = save(ranking)
    switch_off(ranking.database, ranking.alice, ranking.opening, after(days=1))
    with pytest.raises(RefusedError, match="there are no what-ifs"):
        save(ranking, "Days")
    found = get_what_if(ranking.database, ranking.alice, ranking.opening, {}, what_if_id)
    assert (found.why_not, found.saved) == (WhyNot.ORDER, found.kept[0])
    delete_what_if(ranking.database, ranking.alice, ranking.opening, what_if_id)
    assert kept(ranking, ranking.alice) == ()


def test_an_opening_of_others_keeps_nothing_of_ours(ranking: Story) -> None:
    with pytest.raises(NotFoundError):
        save_what_if(ranking.database, ranking.charlie, ranking.opening, NewWhatIf("A", "B", WEIGHTS), NOON)
