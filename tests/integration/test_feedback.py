from collections.abc import Mapping
from dataclasses import fields

import pytest

from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.hiring.invitations import revoke_invitation
from eiassess.services.hiring.openings import KEEP_DAYS
from eiassess.services.links import LinkClosedError
from eiassess.services.sitting.answers import NotSittingError, record_practice_answer
from eiassess.services.sitting.feedback import get_candidate_feedback
from eiassess.services.sitting.handing_in import submit_session
from eiassess.services.upkeep.retention import delete_expired
from tests.hiring_story import VARIED, Invited, Story, after, rows, standard_form

HELD = {
    "candidate_name", "opening_title", "simulated", "submitted_at", "form", "order_seed", "practice", "responses",
    "key_status", "groups", "keep_days",
}  # fmt: skip
"""No score, no key, no name of what somebody is good or bad at."""


def practise(story: Story, who: Invited, scenario: str, answer: Mapping[str, int]) -> None:
    record_practice_answer(story.database, who.invitation_id, scenario, answer, after(minutes=1))


def test_feedback_comes_after_handing_in_and_holds_no_score(story: Story) -> None:
    casey = story.submitted()
    feedback = get_candidate_feedback(story.database, casey.invitation_id)
    assert (feedback.candidate_name, feedback.opening_title) == ("Casey", "Customer service adviser")
    assert (len(feedback.form.scenarios), feedback.keep_days) == (16, 180)
    assert all(len(feedback.responses[each.id]) == len(each.options) for each in feedback.form.scenarios)
    assert (feedback.submitted_at, feedback.simulated) == (after(hours=1), False)
    names = [competency.id for _, group in feedback.groups for competency in group]
    assert names == list(standard_form().bank.model.competency_ids)
    assert {field.name for field in fields(feedback)} == HELD


def test_feedback_is_of_ones_own_answers(story: Story) -> None:
    """Two people with opposite answers, one of whom also practised, get back what each gave."""
    scenario, practice = standard_form().form.scenarios[0], standard_form().form.practice[0]
    given = {"Casey": 1, "Robin": 6}
    found = {}
    for name, rating in given.items():
        person = story.begun(name)
        person.save(scenario.id, dict.fromkeys(scenario.option_ids, rating))
        if name == "Casey":
            practise(story, person, practice.id, {practice.option_ids[0]: 2})
        submit_session(story.database, person.invitation_id, after(hours=1))
        found[name] = get_candidate_feedback(story.database, person.invitation_id)
    assert {name: set(each.responses[scenario.id].values()) for name, each in found.items()} == {
        name: {rating} for name, rating in given.items()
    }
    assert found["Casey"].practice == {practice.id: {practice.option_ids[0]: 2}}
    assert found["Robin"].practice == {}


def test_only_the_first_practice_answer_is_kept_and_an_empty_one_is_none(story: Story) -> None:
    casey, practice = story.begun(), standard_form().form.practice[0]
    first, second = practice.option_ids[:2]
    for answer in ({}, {first: 2}, {first: 5, second: 1}):
        practise(story, casey, practice.id, answer)
    assert [row["ratings"] for row in rows(story.database, "practice_answer")] == [f'{{"{first}": 2}}']


def test_a_practice_answer_has_to_be_one(story: Story) -> None:
    casey, form = story.begun(), standard_form().form
    with pytest.raises(InvalidInputError, match="not part of your assessment"):
        practise(story, casey, form.scenarios[0].id, {"a": 2})
    with pytest.raises(InvalidInputError, match="whole number from 1 to 6"):
        practise(story, casey, form.practice[0].id, {"a": 7})
    submit_session(story.database, casey.invitation_id, after(hours=1))
    with pytest.raises(NotSittingError, match="handed in already"):
        practise(story, casey, form.practice[0].id, {"a": 2})
    invited = story.invite("Robin")
    with pytest.raises(NotSittingError, match="agree to it first"):
        practise(story, invited, form.practice[0].id, {"a": 2})
    assert rows(story.database, "practice_answer") == []


def test_practice_counts_for_nothing_and_is_deleted_with_the_rest(story: Story) -> None:
    casey, robin = story.submitted("Casey"), story.begun("Robin")
    practise(story, robin, standard_form().form.practice[0].id, {"a": 2, "b": 5})
    robin.answer_all(VARIED)
    story.hand_in(robin)
    scores = {row["session_id"]: row["content_digest"] for row in rows(story.database, "score")}
    assert scores[casey.session_id] == scores[robin.session_id]
    assert delete_expired(story.database, after(days=KEEP_DAYS + 1)) == 2
    assert rows(story.database, "practice_answer") == []


def test_no_feedback_before_handing_in_or_by_a_closed_link(story: Story) -> None:
    casey = story.begun()
    with pytest.raises(RefusedError, match="once your answers are handed in"):
        get_candidate_feedback(story.database, casey.invitation_id)
    submit_session(story.database, casey.invitation_id, after(hours=1))
    revoke_invitation(story.database, casey.session_id, after(hours=1))
    with pytest.raises(LinkClosedError):
        get_candidate_feedback(story.database, casey.invitation_id)
