"""What stands behind a candidate's own page, where the page offers no way to ask for more than there is."""

import pytest

from eiassess.domain.requests import LINE_AT_MOST, AdjustmentKind, QuestionKind
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.persistence.tables import OpeningRecord
from eiassess.services.adjustments.answering import AdjustmentAnswer, answer_request, list_requests
from eiassess.services.adjustments.asking import OPEN_AT_MOST, ask_adjustment, get_ask_page
from eiassess.services.own_page.experience import complain_of_scenario, rate_experience
from eiassess.services.own_page.own_data import get_own_data
from eiassess.services.own_page.questions import OPEN_AT_MOST as QUESTIONS_AT_MOST
from eiassess.services.own_page.questions import answer_question, ask_people, list_questions
from tests.hiring_story import Invited, Story, after, rows, standard_form


def ask(casey: Invited, kind: AdjustmentKind = AdjustmentKind.CALL) -> None:
    ask_adjustment(casey.database, casey.invitation_id, kind, "After four", after(hours=2))


class TestAskingForSomethingDifferent:
    def test_more_time_is_not_kept_where_time_is_not_limited(self, casey: Invited) -> None:
        assert AdjustmentKind.MORE_TIME not in get_ask_page(casey.database, casey.invitation_id).kinds
        with pytest.raises(InvalidInputError, match="There is no time limit here") as caught:
            ask(casey, AdjustmentKind.MORE_TIME)
        assert caught.value.field == "kind"
        assert rows(casey.database, "adjustment_request") == []

    def test_nothing_is_kept_of_whoever_handed_in(self, story: Story) -> None:
        with pytest.raises(RefusedError, match="Your answers are handed in"):
            ask(story.submitted())
        assert rows(story.database, "adjustment_request") == []

    def test_so_many_wait_at_most_and_an_answer_makes_room(self, story: Story, casey: Invited) -> None:
        for _ in range(OPEN_AT_MOST):
            ask(casey)
        with pytest.raises(RefusedError, match="wait for an answer already"):
            ask(casey)
        first = list_requests(story.database, story.alice)[0]
        answer_request(story.database, story.alice, first.id, AdjustmentAnswer("Gladly"), after(hours=3))
        ask(casey)
        waiting = [each.answer for each in list_requests(story.database, story.alice)]
        assert waiting == [None] * OPEN_AT_MOST + ["Gladly"]

    @pytest.mark.parametrize("factor", [1.5, 7.0])
    def test_a_longer_limit_is_not_given_where_there_is_none(self, story: Story, casey: Invited, factor: float) -> None:
        ask(casey)
        (request,) = list_requests(story.database, story.alice)
        given = AdjustmentAnswer("Gladly", factor)
        with pytest.raises(InvalidInputError, match="times that are offered") as caught:
            answer_request(story.database, story.alice, request.id, given, after(hours=3))
        assert caught.value.field == "factor"
        assert rows(story.database, "adjustment") == []
        assert list_requests(story.database, story.alice) == (request,), "nothing of the answer is kept either"


def test_the_same_answer_given_again_is_mailed_once(story: Story, casey: Invited) -> None:
    ask_people(story.database, casey.invitation_id, QuestionKind.EXPLAIN, "When?", after(hours=2))
    (question,) = list_questions(story.database, story.alice, story.opening)
    for words in ("Soon", " Soon ", "Tomorrow"):
        answer_question(story.database, story.alice, question.id, words, after(hours=3))
    mails = [row["given"] for row in rows(story.database, "message") if row["kind"] == "question_answered"]
    assert sorted(mails) == ['{"answer": "Soon"}', '{"answer": "Tomorrow"}']


def test_the_same_answer_to_a_request_is_mailed_once(story: Story, casey: Invited) -> None:
    with story.database.writing() as db:
        db.get_one(OpeningRecord, story.opening).time_limit_minutes = 30
    ask(casey, AdjustmentKind.MORE_TIME)
    (request,) = list_requests(story.database, story.alice)
    later = AdjustmentAnswer("Gladly", factor=1.5, ends_at=after(days=20))
    for given in (AdjustmentAnswer("Gladly", factor=1.5), AdjustmentAnswer("Gladly", factor=1.5), later, later):
        answer_request(story.database, story.alice, request.id, given, after(hours=3))
    assert [row["kind"] for row in rows(story.database, "message")].count("request_answered") == 2


def test_so_many_questions_wait_at_most(casey: Invited) -> None:
    for _ in range(QUESTIONS_AT_MOST):
        ask_people(casey.database, casey.invitation_id, QuestionKind.EXPLAIN, "", after(hours=2))
    with pytest.raises(RefusedError, match="Wait for it first"):
        ask_people(casey.database, casey.invitation_id, QuestionKind.EXPLAIN, "", after(hours=2))
    assert len(rows(casey.database, "candidate_question")) == QUESTIONS_AT_MOST


class TestExperience:
    @pytest.mark.parametrize("rating", [0, 6])
    def test_a_rating_is_one_of_five(self, casey: Invited, rating: int) -> None:
        with pytest.raises(InvalidInputError, match="one of the five answers") as caught:
            rate_experience(casey.database, casey.invitation_id, rating, "", after(hours=2))
        assert caught.value.field == "rating"
        assert rows(casey.database, "experience_rating") == []

    @pytest.mark.parametrize(
        ("number", "line", "field"), [(0, "", "scenario"), (17, "", "scenario"), (1, "x" * (LINE_AT_MOST + 1), "line")]
    )
    def test_a_complaint_is_of_a_scenario_and_short(self, casey: Invited, number: int, line: str, field: str) -> None:
        with pytest.raises(InvalidInputError) as caught:
            complain_of_scenario(casey.database, casey.invitation_id, number, line, after(hours=2))
        assert caught.value.field == field
        assert rows(casey.database, "scenario_complaint") == []


def test_own_data_hold_the_results_and_none_of_a_single_scenario(story: Story) -> None:
    casey = story.submitted()
    data = get_own_data(story.database, casey.invitation_id)
    assert data.state == SessionState.SUBMITTED
    names = {each.name for each in standard_form().bank.model.competencies.values()}
    assert data.results[0].what == "Overall"
    assert names >= {each.what for each in data.results[1:]}
    for result in data.results:
        assert (result.low is None) == (result.high is None)
        if result.low is not None and result.high is not None:
            assert result.low <= result.score <= result.high
