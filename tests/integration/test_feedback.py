import pytest

from eiassess.errors import RefusedError
from eiassess.services.feedback import get_candidate_feedback
from eiassess.services.invitations import LinkClosedError, revoke_invitation
from eiassess.services.scoring import submit_session
from tests.hiring_story import Story, after, standard_form


def test_feedback_comes_after_handing_in_and_holds_no_score(story: Story) -> None:
    casey = story.submitted()
    feedback = get_candidate_feedback(story.database, casey.invitation_id, after(hours=2))
    assert (feedback.candidate_name, feedback.opening_title) == ("Casey", "Customer service adviser")
    assert (feedback.n_scenarios, feedback.n_unanswered, feedback.keep_days) == (16, 0, 180)
    assert (feedback.submitted_at, feedback.simulated) == (after(hours=1), False)
    names = [competency.id for _, group in feedback.groups for competency in group]
    assert names == list(standard_form().bank.model.competency_ids)
    assert "score" not in repr(feedback).lower().replace("scores", "")


def test_feedback_counts_ratings_that_were_not_given(story: Story) -> None:
    casey = story.begun()
    first = standard_form().form.scenarios[0]
    casey.save(first.id, {first.option_ids[0]: 3})
    submit_session(story.database, casey.invitation_id, after(hours=1))
    feedback = get_candidate_feedback(story.database, casey.invitation_id, after(hours=1))
    assert feedback.n_unanswered == standard_form().form.decision_count - 1


def test_no_feedback_before_handing_in_or_by_a_closed_link(story: Story) -> None:
    casey = story.begun()
    with pytest.raises(RefusedError, match="once your answers are handed in"):
        get_candidate_feedback(story.database, casey.invitation_id, after(hours=1))
    submit_session(story.database, casey.invitation_id, after(hours=1))
    revoke_invitation(story.database, casey.session_id, after(hours=1))
    with pytest.raises(LinkClosedError):
        get_candidate_feedback(story.database, casey.invitation_id, after(hours=2))
