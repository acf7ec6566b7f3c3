"""What a recruiter sees, and what not."""

from datetime import timedelta

import pytest
from sqlmodel import select

from eiassess.domain.openings import OpeningSettings, ProfileRow
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import ScoreRecord
from eiassess.services.hiring.opening_settings import change_settings
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.results.candidate_lists import list_candidates
from eiassess.services.results.comparing import compare_candidates
from eiassess.services.results.for_recruiters import get_candidate_result
from eiassess.services.sitting.handing_in import submit_session
from tests.answering import following_the_key
from tests.hiring_story import NOON, Story, after, standard_form
from tests.statements import asked


def test_the_list_shows_everybody_in_the_order_of_invitation(story: Story) -> None:
    story.submitted("Casey")
    begun = story.begun("Robin")
    begun.answer_all((6, 2, 1, 5, 3), 4)
    begun.save(standard_form().form.scenarios[4].id, {standard_form().form.scenarios[4].option_ids[0]: 1})
    story.invite("Sam")
    found = list_candidates(story.database, story.alice, story.opening)
    casey, robin, sam = found.candidates
    assert (found.title, found.form, found.key) == (
        "Customer service adviser", standard_form().form, standard_form().key,
    )  # fmt: skip
    assert [row.number for row in found.candidates] == [1, 2, 3]
    assert [row.state for row in found.candidates] == list(reversed(SessionState))
    assert [row.n_answered for row in found.candidates] == [16, 4, 0]
    assert casey.overall is not None
    assert (casey.submitted_at, casey.released, casey.simulated, casey.not_scored) == (
        after(hours=1), False, False, (),
    )  # fmt: skip
    assert (robin.overall, sam.overall, robin.flagged, sam.submitted_at) == (None, None, False, None)
    assert found == list_candidates(story.database, story.bob, story.opening)


def test_an_opening_without_candidates_is_empty(story: Story) -> None:
    assert list_candidates(story.database, story.charlie, story.other_opening).candidates == ()


def test_one_candidate_with_all_that_explains_the_score(story: Story) -> None:
    casey = story.submitted()
    result = get_candidate_result(story.database, story.alice, casey.session_id)
    assert (result.row.name, result.opening_id, result.opening_title) == (
        "Casey", story.opening, "Customer service adviser",
    )  # fmt: skip
    assert set(result.responses) == set(standard_form().form.scenario_ids)
    assert all(spent == timedelta(minutes=1).total_seconds() for spent in result.seconds.values())
    assert result.stored is not None
    assert result.stored.score.overall == result.row.overall
    assert result.quality is not None
    assert not result.row.flagged
    release_candidate(story.database, story.alice, casey.session_id, NOON)
    assert get_candidate_result(story.database, story.alice, casey.session_id).row.released


def test_two_reasons_flag_a_candidate(story: Story) -> None:
    """Every page within a second, and the same rating everywhere."""
    casey = story.begun()
    for number, scenario in enumerate(standard_form().form.scenarios):
        casey.save(scenario.id, dict.fromkeys(scenario.option_ids, 4), now=NOON + timedelta(seconds=number + 1))
    submit_session(story.database, casey.invitation_id, after(hours=1))
    result = get_candidate_result(story.database, story.alice, casey.session_id)
    assert result.row.flagged
    assert result.row.not_scored
    assert result.quality is not None
    assert len(result.quality.reasons) == 2


def test_before_handing_in_there_is_no_score(story: Story) -> None:
    robin = story.begun("Robin")
    result = get_candidate_result(story.database, story.alice, robin.session_id)
    assert (result.stored, result.quality, result.responses) == (None, None, {})


def test_other_peoples_openings_are_not_found(story: Story) -> None:
    casey, robin = story.submitted("Casey"), story.submitted("Robin")
    for person in (story.charlie, "nobody"):
        with pytest.raises(NotFoundError, match="no such opening"):
            list_candidates(story.database, person, story.opening)
        with pytest.raises(NotFoundError, match="no such opening"):
            get_candidate_result(story.database, person, casey.session_id)
        with pytest.raises(NotFoundError, match="no such opening"):
            compare_candidates(story.database, person, story.opening, [casey.session_id, robin.session_id])
    with pytest.raises(NotFoundError, match="no such candidate"):
        get_candidate_result(story.database, story.alice, "nowhere")
    with pytest.raises(NotFoundError, match="no such opening"):
        list_candidates(story.database, story.alice, "nowhere")


def test_a_comparison_says_of_every_difference_whether_it_is_larger_than_its_error(story: Story) -> None:
    strong = story.submitted("Strong", following_the_key())
    weak = story.submitted("Weak", following_the_key(against=set(standard_form().bank.model.competency_ids[:7])))
    found = compare_candidates(story.database, story.alice, story.opening, [weak.session_id, strong.session_id])
    assert [each.row.name for each in found.candidates] == ["Weak", "Strong"]
    assert [(test.what, test.first, test.second) for test in found.differences.tests] == [
        (what, weak.session_id, strong.session_id) for what in ("overall", *found.areas)
    ]
    assert all(test.differs and test.t < 0 for test in found.differences.tests)


def test_answers_are_read_once_for_page_and_rule(story: Story) -> None:
    sessions = [story.submitted(name, following_the_key()).session_id for name in ("One", "Other")]
    with asked() as statements:
        compare_candidates(story.database, story.alice, story.opening, sessions)
    assert sum("FROM item_response" in each and "ratings" in each for each in statements) == 1


def test_a_comparison_has_what_the_job_expects_of_what_is_on_display(story: Story) -> None:
    names = standard_form().bank.model.competency_ids
    sessions = [story.submitted(name, following_the_key()).session_id for name in ("One", "Other")]
    expects = ProfileRow(names[1], 2, "Many calls.", 60, 80, "So the last team.")
    profile = (ProfileRow(names[0], 3, "Weighed, with no range."), expects)
    settings = OpeningSettings("Adviser", profile=profile)
    change_settings(story.database, story.alice, story.opening, settings, NOON)
    found = compare_candidates(story.database, story.alice, story.opening, sessions)
    assert found.expected == (expects,)


def test_asking_twice_for_one_person_is_asking_once(story: Story) -> None:
    casey = story.submitted()
    with pytest.raises(InvalidInputError, match="1 were chosen"):
        compare_candidates(story.database, story.alice, story.opening, [casey.session_id] * 3)


@pytest.mark.parametrize("n", [0, 1, 7])
def test_two_to_six_are_compared(story: Story, n: int) -> None:
    with pytest.raises(InvalidInputError, match=f"Choose 2 to 6 candidates to compare; {n} were chosen"):
        compare_candidates(story.database, story.alice, story.opening, [str(each) for each in range(n)])


def test_who_has_no_score_or_is_elsewhere_is_not_compared(story: Story) -> None:
    casey, robin = story.submitted("Casey"), story.begun("Robin")
    zoe = story.submitted("Zoe", opening=story.other_opening)
    with pytest.raises(RefusedError, match="Only candidates with a score"):
        compare_candidates(story.database, story.alice, story.opening, [casey.session_id, robin.session_id])
    for stranger in (zoe.session_id, "nowhere"):
        with pytest.raises(NotFoundError, match="no such candidate in this opening"):
            compare_candidates(story.database, story.alice, story.opening, [casey.session_id, stranger])


def test_scores_under_different_keys_are_not_compared(story: Story) -> None:
    casey, robin = story.submitted("Casey"), story.submitted("Robin")
    with story.database.writing() as db:
        today = db.exec(select(ScoreRecord).where(ScoreRecord.session_id == casey.session_id)).one()
        db.add(ScoreRecord(**{**today.model_dump(), "id": "other", "number": 2, "key_digest": "0" * 64}))
    said = "^These candidates were scored under different keys: their scores do not compare$"
    with pytest.raises(RefusedError, match=said):
        compare_candidates(story.database, story.alice, story.opening, [casey.session_id, robin.session_id])


@pytest.mark.parametrize(("engine", "compares"), [("house-scale-1 (EIAssess 0.1)", True), ("house-scale-0", False)])
def test_scores_of_engines_that_give_the_same_points_compare(story: Story, engine: str, *, compares: bool) -> None:
    casey, robin = story.submitted("Casey", following_the_key()), story.submitted("Robin", following_the_key())
    with story.database.writing() as db:
        today = db.exec(select(ScoreRecord).where(ScoreRecord.session_id == casey.session_id)).one()
        db.add(ScoreRecord(**{**today.model_dump(), "id": "other", "number": 2, "engine": engine}))
    pair = [casey.session_id, robin.session_id]
    if compares:
        assert compare_candidates(story.database, story.alice, story.opening, pair).differences.tests
    else:
        said = "^These candidates were scored by different scoring engines: their scores do not compare$"
        with pytest.raises(RefusedError, match=said):
            compare_candidates(story.database, story.alice, story.opening, pair)
