"""A story whose candidates can be put in order, and the names that a list shows."""

from datetime import timedelta

from eiassess.domain.deciding import DecisionStage
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
)
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.results.candidate_lists import ListQuery, list_candidates
from eiassess.services.sitting.handing_in import submit_session
from tests.answering import following_the_key
from tests.hiring_story import NOON, Story, after, standard_form, switch_on

A_PART = "recovery"


AN_AREA, OTHER_AREA = "service-judgement", "emotional-intelligence-in-service"


def names(story: Story, **query: object) -> list[str]:
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(**query))  # type: ignore[arg-type]  # a list's fields
    return [row.name for row in found.candidates]


def sorted_out(story: Story) -> Story:
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
