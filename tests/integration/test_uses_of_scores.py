"""What an opening's scores may be used for: who may say so, when, and what candidates read then."""

from dataclasses import replace
from pathlib import Path

import pytest

from eiassess.banks.keys.words import notice_of_use
from eiassess.domain.keys import KeyProvenance
from eiassess.domain.openings import Combination, OpeningSettings, ScoreUse
from eiassess.domain.roles import Role
from eiassess.domain.uses import UseChoice
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import OpeningRecord
from eiassess.services import Database
from eiassess.services.deciding.uses import OpeningUse, get_use, ranking_allowed, switch_off, switch_on
from eiassess.services.hiring.closing import archive_opening, close_opening
from eiassess.services.hiring.opening_settings import change_settings, make_opening
from eiassess.services.hiring.openings import use_form
from eiassess.services.panels.panels import close_panel
from eiassess.services.panels.publishing import publish_key, with_published_key
from eiassess.services.people.accounts import add_user
from eiassess.services.results.candidate_lists import ListQuery, ListSort, list_candidates
from eiassess.services.results.for_recruiters import get_candidate_result
from eiassess.services.sitting.answers import get_sitting
from eiassess.services.sitting.feedback import get_candidate_feedback
from tests.hiring_story import NOON, PASSWORD, VARIED, Story, after, rows, standard_form
from tests.panel_story import REASON, small_form, tell_panel_story

WHY = "Nine people want one job, and we talk to four."
BY_SCORE = ListQuery(ListSort.SCORE, descending=True)


def use_of(story: Story) -> OpeningUse:
    return get_use(story.database, story.alice, story.opening)


def allowed(story: Story) -> bool:
    with story.database.reading() as db:
        return ranking_allowed(db, db.get_one(OpeningRecord, story.opening))


def test_without_experts_and_without_a_word_scores_put_nobody_in_order(story: Story) -> None:
    worst, best = story.submitted("Zoe", VARIED), story.submitted("Ann", [6, 1] * 5)
    found = list_candidates(story.database, story.alice, story.opening, BY_SCORE)
    assert not allowed(story)
    assert (found.query.sort, found.query.descending, found.sort_refused) == (ListSort.NAME, False, True)
    assert [each.name for each in found.candidates] == ["Ann", "Zoe"]
    hidden = list_candidates(story.database, story.alice, story.opening, replace(BY_SCORE, otherwise=ListSort.NUMBER))
    assert [each.session_id for each in hidden.candidates] == [worst.session_id, best.session_id]
    place = get_candidate_result(story.database, story.alice, best.session_id, BY_SCORE).place
    assert place
    assert place.place == 1
    plain = list_candidates(story.database, story.alice, story.opening)
    assert not plain.sort_refused


def test_a_named_person_switches_it_on_with_a_reason_and_the_list_stands_by_score(story: Story) -> None:
    switch_on(story.database, story.alice, story.opening, "  Hanna   Head ", WHY, NOON)
    first, second = story.submitted("Ann", VARIED), story.submitted("Zoe", [6, 1] * 5)
    found = list_candidates(story.database, story.alice, story.opening, BY_SCORE)
    scores = [each.overall.score for each in found.candidates if each.overall]
    assert scores == sorted(scores, reverse=True)
    assert {each.session_id for each in found.candidates} == {first.session_id, second.session_id}
    assert (found.sort_refused, found.use.is_switched_on) == (False, True)
    choice = use_of(story).use.choice
    assert choice
    assert choice == UseChoice(
        allowed=True, person="Hanna Head", reason=WHY, recorded_by="Alice", at=NOON, notice=choice.notice
    )
    (kept,) = rows(story.database, "use_choice")
    assert (kept["person"], kept["chosen_by"], kept["number"]) == ("Hanna Head", story.alice, 1)


def test_candidates_of_that_opening_read_so_and_agree_to_a_version_of_their_own(story: Story) -> None:
    switch_on(story.database, story.alice, story.opening, "Hanna Head", WHY, NOON)
    casey, elsewhere = story.begun("Casey"), story.begun("Kim", opening=story.other_opening)
    told, plain = (get_sitting(story.database, each.invitation_id).notice for each in (casey, elsewhere))
    assert "sort candidates by their results" in told.key_status
    assert "Hanna Head answers for that" in told.key_status
    assert WHY in told.key_status
    assert "not for ranking" not in told.key_status
    assert "not for ranking" in plain.key_status
    assert told.digest != plain.digest
    kept = {each["id"]: each["notice_digest"] for each in rows(story.database, "assessment_session")}
    assert (kept[casey.session_id], kept[elsewhere.session_id]) == (told.digest, plain.digest)
    casey.answer_all(VARIED)
    story.hand_in(casey)
    feedback = get_candidate_feedback(story.database, casey.invitation_id)
    assert feedback.key_status == told.key_status


def test_the_words_are_those_that_the_page_showed_before(story: Story) -> None:
    preview = use_of(story).preview
    assert "No expert has rated the answer key so far, and it takes at least 10." in preview
    switch_on(story.database, story.alice, story.opening, "Hanna Head", WHY, NOON)
    shown = preview.replace("(the name that you give)", "Hanna Head").replace("(your reason)", WHY)
    assert use_of(story).use.choice
    assert rows(story.database, "use_choice")[0]["notice"] == shown


def test_after_the_first_invitation_it_is_too_late(story: Story) -> None:
    story.invite()
    with pytest.raises(RefusedError, match="Somebody was invited already"):
        switch_on(story.database, story.alice, story.opening, "Hanna Head", WHY, NOON)
    assert not allowed(story)


def test_with_it_go_selection_and_counting_together(story: Story) -> None:
    switch_on(story.database, story.alice, story.opening, "Hanna Head", WHY, NOON)
    together = OpeningSettings("Adviser", purpose=ScoreUse.SELECTION, combination=Combination.EQUAL)
    change_settings(story.database, story.alice, story.opening, together, NOON)
    switch_off(story.database, story.alice, story.opening, after(hours=1))
    (opening,) = (each for each in rows(story.database, "opening") if each["id"] == story.opening)
    assert (opening["purpose"], opening["combination"]) == (ScoreUse.INTERVIEWS, Combination.APART)


def test_switching_off_is_kept_and_possible_at_any_time(story: Story) -> None:
    switch_on(story.database, story.alice, story.opening, "Hanna Head", WHY, NOON)
    casey = story.invite()
    switch_off(story.database, story.bob, story.opening, after(hours=1))
    assert not allowed(story)
    assert "not for ranking" in get_sitting(story.database, casey.invitation_id).notice.key_status
    history = use_of(story).history
    assert [(each.allowed, each.recorded_by, each.at) for each in history] == [
        (False, "Bob", after(hours=1)), (True, "Alice", NOON)
    ]  # fmt: skip
    with pytest.raises(RefusedError, match="not switched on"):
        switch_off(story.database, story.bob, story.opening, after(hours=2))


@pytest.mark.parametrize(
    ("person", "reason", "field"),
    [(" ", WHY, "person"), ("x" * 201, WHY, "person"), ("Ann", "", "reason"), ("Ann", "x" * 501, "reason")],
)
def test_somebody_has_to_be_named_and_to_say_why(story: Story, person: str, reason: str, field: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        switch_on(story.database, story.alice, story.opening, person, reason, NOON)
    assert refused.value.field == field


def test_only_who_recruits_for_the_opening_and_only_before_its_archive(story: Story) -> None:
    for who in (story.charlie, story.dana):
        with pytest.raises(NotFoundError):
            switch_on(story.database, who, story.opening, "Hanna Head", WHY, NOON)
        with pytest.raises(NotFoundError):
            switch_off(story.database, who, story.opening, NOON)
        with pytest.raises(NotFoundError):
            get_use(story.database, who, story.opening)
    close_opening(story.database, story.alice, story.opening, NOON, end_links=False)
    archive_opening(story.database, story.alice, story.opening)
    with pytest.raises(RefusedError, match="archive"):
        switch_on(story.database, story.alice, story.opening, "Hanna Head", WHY, NOON)


def test_what_was_chosen_holds_for_the_key_of_that_time_only(story: Story, tmp_path: Path) -> None:
    switch_on(story.database, story.alice, story.opening, "Hanna Head", WHY, NOON)
    told = story.begun("Casey")
    use_form(story.database, story.opening, small_form(tmp_path), after(hours=1))
    plain = story.invite("Kim")
    assert not allowed(story)
    assert "sort candidates" in get_sitting(story.database, told.invitation_id).notice.key_status
    assert "sort candidates" not in get_sitting(story.database, plain.invitation_id).notice.key_status


@pytest.mark.parametrize(("n", "supports"), [(9, False), (10, True)])
def test_a_key_of_ten_experts_allows_it_and_needs_nobody_to_answer(
    quick_passwords: None, database: Database, tmp_path: Path, n: int, *, supports: bool
) -> None:
    del quick_passwords
    panel = tell_panel_story(database, tmp_path)
    panel.finished(n)
    close_panel(database, panel.panel, after(hours=1))
    published = publish_key(database, panel.avery, panel.panel, REASON, "Ann Head", after(hours=2))
    loaded = with_published_key(database, panel.loaded, published)
    alice = add_user(database, "alice@example.org", "Alice", Role.RECRUITER, PASSWORD, NOON).id
    made = make_opening(database, alice, loaded, OpeningSettings("Adviser"), after(hours=3))
    found = get_use(database, alice, made)
    assert (found.use.allowed, found.use.is_switched_on, found.experts) == (supports, False, n)
    assert list_candidates(database, alice, made, BY_SCORE).sort_refused is not supports
    if supports:
        with pytest.raises(RefusedError, match="nothing to switch on"):
            switch_on(database, alice, made, "Hanna Head", WHY, NOON)
    else:
        switch_on(database, alice, made, "Hanna Head", WHY, NOON)
        assert "9 experts have rated the answer key so far" in rows(database, "use_choice")[0]["notice"]


def words_for(**changed: object) -> str:
    return notice_of_use(replace(standard_form().key, **changed), "Ann", "Because.")  # type: ignore[arg-type]  # fields


def test_the_words_count_the_experts_and_own_up_to_made_up_ones() -> None:
    made_up = KeyProvenance(**dict.fromkeys(KeyProvenance.__dataclass_fields__) | {"simulated": True})
    assert words_for().startswith("No expert has rated")
    assert words_for(experts=1).startswith("1 expert has rated")
    assert words_for(experts=12, provisional=True).startswith("12 experts have rated the answer key, but it is still")
    assert words_for(provenance=made_up).startswith("SIMULATED: these experts were made up by a program.")
