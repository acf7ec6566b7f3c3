"""Making, changing and copying openings with all that is chosen for them."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.domain.deadlines import deadline_in
from eiassess.domain.openings import Combination, MemberPart, OpeningSettings, OpeningState, ProfileRow, ScoreUse
from eiassess.domain.roles import Role
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import OpeningRecord
from eiassess.services import Database
from eiassess.services.deciding.uses import switch_off, switch_on
from eiassess.services.hiring.closing import archive_opening, close_opening, unarchive_opening
from eiassess.services.hiring.opening_members import Member
from eiassess.services.hiring.opening_settings import (
    change_settings,
    choose_form,
    copied_settings,
    get_opening,
    make_opening,
)
from eiassess.services.hiring.openings import assign_member
from eiassess.services.hiring.withdrawing import withdraw_own
from eiassess.services.panels.panels import close_panel
from eiassess.services.panels.publishing import publish_key, with_published_key
from eiassess.services.people.accounts import add_user
from eiassess.services.sitting.answers import get_sitting
from tests.hiring_story import NOON, PASSWORD, Story, after, rows, standard_form
from tests.panel_story import REASON, tell_panel_story

COMPETENCIES = standard_form().bank.model.competency_ids
CHOSEN = OpeningSettings(
    title="Team lead",
    text="You lead a team of six.\n\nMornings only.",
    profile=(ProfileRow(COMPETENCIES[0], 3, "Most calls are complaints.", 55, 80, "So the last team did."),),
    deadline=deadline_in("Europe/Berlin", date(2026, 12, 4), time(17)),
    keep_days=90,
    contact="Alice, 030 1234",
    hand_in_at_deadline=False,
    time_limit_minutes=90,
)


def test_an_opening_keeps_all_that_was_chosen_for_it(story: Story) -> None:
    made = make_opening(story.database, story.alice, standard_form(), CHOSEN, NOON)
    found = get_opening(story.database, story.alice, made)
    assert found.settings == CHOSEN
    assert (found.state, found.simulated, found.n_invited) == (OpeningState.OPEN, False, 0)
    assert found.members == (Member(story.alice, "Alice", "alice@example.org", (MemberPart.RECRUITS,)),)
    assert (found.form, found.key.digest) == (standard_form().form, standard_form().key.digest)
    with pytest.raises(NotFoundError):
        get_opening(story.database, story.bob, made)


def test_settings_change_whole_and_the_form_stays(story: Story) -> None:
    story.invite()
    change_settings(story.database, story.alice, story.opening, replace(CHOSEN, keep_days=180), NOON)
    found = get_opening(story.database, story.alice, story.opening)
    assert found.settings == replace(CHOSEN, keep_days=180)
    assert found.n_invited == 1
    plain = OpeningSettings("Plain", time_limit_minutes=found.settings.time_limit_minutes)
    change_settings(story.database, story.alice, story.opening, plain, after(days=60))
    assert get_opening(story.database, story.alice, story.opening).settings == plain
    assert rows(story.database, "opening_profile") == []


def test_others_change_nothing(story: Story) -> None:
    for who in (story.charlie, story.dana):
        for use in (
            lambda who=who: change_settings(story.database, who, story.opening, CHOSEN, NOON),
            lambda who=who: choose_form(story.database, who, story.opening, standard_form(), NOON),
            lambda who=who: get_opening(story.database, who, story.opening),
        ):
            with pytest.raises(NotFoundError, match=r"^There is no such opening$"):
                use()


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        (replace(CHOSEN, title=""), "title"),
        (replace(CHOSEN, title="Ad\tviser\x07"), "title"),
        (replace(CHOSEN, purpose=ScoreUse.SELECTION), "purpose"),
        (replace(CHOSEN, profile=(ProfileRow("unknown", 1, "Why."),)), "profile"),
        (replace(CHOSEN, deadline=deadline_in("UTC", date(2026, 11, 2), time(12))), "deadline_day"),
    ],
)
def test_what_cannot_be_used_changes_nothing_and_names_its_field(
    story: Story, settings: OpeningSettings, field: str
) -> None:
    before = rows(story.database, "opening")
    with pytest.raises(InvalidInputError) as refused:
        make_opening(story.database, story.alice, standard_form(), settings, NOON)
    assert refused.value.field == field
    with pytest.raises(InvalidInputError) as refused:
        change_settings(story.database, story.alice, story.opening, settings, NOON)
    assert refused.value.field == field
    assert rows(story.database, "opening") == before


def test_a_deadline_that_passed_hinders_no_other_change(story: Story) -> None:
    made = make_opening(story.database, story.alice, standard_form(), CHOSEN, NOON)
    renamed = replace(CHOSEN, title="Head of team")
    change_settings(story.database, story.alice, made, renamed, after(days=60))
    assert get_opening(story.database, story.alice, made).settings == renamed


def test_once_somebody_was_told_how_long_data_are_kept_it_only_gets_shorter(story: Story) -> None:
    made = make_opening(story.database, story.alice, standard_form(), CHOSEN, NOON)
    change_settings(story.database, story.alice, made, replace(CHOSEN, keep_days=100), NOON)
    story.invite(opening=made)
    with pytest.raises(InvalidInputError, match="were told 100 days") as refused:
        change_settings(story.database, story.alice, made, replace(CHOSEN, keep_days=101), NOON)
    assert refused.value.field == "keep_days"
    change_settings(story.database, story.alice, made, replace(CHOSEN, keep_days=99), NOON)


def test_a_limit_gets_no_shorter_while_somebody_is_under_way(story: Story) -> None:
    made = make_opening(story.database, story.alice, standard_form(), replace(CHOSEN, time_limit_minutes=None), NOON)

    def limit(minutes: int | None) -> None:
        chosen = replace(CHOSEN, time_limit_minutes=minutes)
        change_settings(story.database, story.alice, made, chosen, after(hours=1))

    limit(60)
    limit(None)
    story.invite("Robin", opening=made)
    casey = story.begun(opening=made)
    with pytest.raises(InvalidInputError, match="began without a limit") as refused:
        limit(60)
    assert refused.value.field == "time_limit_minutes"
    assert get_sitting(casey.database, casey.invitation_id).times.limit is None
    with story.database.writing() as db:
        db.get_one(OpeningRecord, made).time_limit_minutes = 60
    with pytest.raises(InvalidInputError, match="began with 60 minutes"):
        limit(59)
    for longer in (60, 61):
        limit(longer)
    withdraw_own(casey.database, casey.invitation_id, after(hours=2))
    limit(5)


def test_a_limit_that_somebody_was_invited_with_is_not_taken_away(story: Story) -> None:
    """With it the minutes that a factor gave them would go, and nobody but the contact may know who has one."""
    made = make_opening(story.database, story.alice, standard_form(), replace(CHOSEN, time_limit_minutes=60), NOON)

    def take_away() -> None:
        change_settings(story.database, story.alice, made, replace(CHOSEN, time_limit_minutes=None), after(hours=1))

    casey = story.invite(opening=made)
    with pytest.raises(InvalidInputError, match="was invited with 60 minutes, and may have been given more") as refused:
        take_away()
    assert refused.value.field == "time_limit_minutes"
    assert get_opening(story.database, story.alice, made).settings.time_limit_minutes == 60
    withdraw_own(story.database, casey.invitation_id, after(hours=1))
    take_away()
    assert get_opening(story.database, story.alice, made).settings.time_limit_minutes is None


def test_whoever_handed_in_hinders_no_shorter_limit(story: Story) -> None:
    story.submitted()
    change_settings(story.database, story.alice, story.opening, replace(CHOSEN, time_limit_minutes=5), NOON)


def test_form_and_key_change_until_the_first_invitation(story: Story) -> None:
    other = load_form("short", (data_folder("question_banks"),))
    made = make_opening(story.database, story.alice, standard_form(), CHOSEN, NOON)
    choose_form(story.database, story.alice, made, other, NOON)
    found = get_opening(story.database, story.alice, made)
    assert found.form == other.form
    assert found.settings == CHOSEN
    story.invite(opening=made)
    with pytest.raises(RefusedError, match="frozen since the first invitation"):
        choose_form(story.database, story.alice, made, standard_form(), NOON)
    assert get_opening(story.database, story.alice, made).form == other.form


def test_a_key_that_experts_made_supports_selection_and_another_takes_it_back(
    quick_passwords: None, database: Database, tmp_path: Path
) -> None:
    del quick_passwords
    panel = tell_panel_story(database, tmp_path)
    panel.finished(10)
    close_panel(database, panel.panel, after(hours=1))
    published = publish_key(database, panel.avery, panel.panel, REASON, "Ann Head", after(hours=2))
    loaded = with_published_key(database, panel.loaded, published)
    alice = add_user(database, "alice@example.org", "Alice", Role.RECRUITER, PASSWORD, NOON).id
    competency = loaded.bank.model.competency_ids[0]
    chosen = OpeningSettings(
        "Adviser",
        purpose=ScoreUse.SELECTION,
        combination=Combination.EQUAL,
        profile=(ProfileRow(competency, 2, "It matters."),),
    )
    made = make_opening(database, alice, loaded, chosen, after(hours=3))
    choose_form(database, alice, made, loaded, after(hours=3))
    assert get_opening(database, alice, made).settings == chosen
    choose_form(database, alice, made, standard_form(), after(hours=3))
    kept = tuple(row for row in chosen.profile if row.competency in COMPETENCIES)
    assert get_opening(database, alice, made).settings == OpeningSettings("Adviser", profile=kept)


def test_how_test_and_interview_count_is_frozen_by_the_first_hand_in_but_for_not_at_all(
    story: Story,
) -> None:
    apart = replace(CHOSEN, purpose=ScoreUse.SELECTION)
    switch_on(story.database, story.alice, story.opening, "Hanna Head", "Many applicants.", NOON)

    def choose(combination: Combination) -> None:
        with story.database.writing() as db:
            opening = db.get_one(OpeningRecord, story.opening)
            opening.combination = combination
            db.add(opening)

    choose(Combination.EQUAL)
    story.invite("Robin")
    change_settings(story.database, story.alice, story.opening, apart, NOON)
    assert get_opening(story.database, story.alice, story.opening).n_handed_in == 0
    story.submitted("Casey")
    change_settings(story.database, story.alice, story.opening, apart, NOON)
    choose(Combination.EQUAL)
    change_settings(story.database, story.alice, story.opening, apart, NOON)
    for before, wanted in (
        (Combination.APART, Combination.EQUAL),
        (Combination.EQUAL, Combination.INTERVIEW_TWICE),
    ):
        choose(before)
        with pytest.raises(InvalidInputError, match="before any result is known") as refused:
            change_settings(story.database, story.alice, story.opening, replace(apart, combination=wanted), NOON)
        assert refused.value.field == "combination"
    assert get_opening(story.database, story.alice, story.opening).n_handed_in == 1


def test_where_a_named_person_answers_for_it_test_and_interview_may_count_together(story: Story) -> None:
    together = replace(CHOSEN, purpose=ScoreUse.SELECTION, combination=Combination.EQUAL)
    with pytest.raises(InvalidInputError, match="does not support selection, and nobody answers for it here"):
        change_settings(story.database, story.alice, story.opening, together, NOON)
    switch_on(story.database, story.alice, story.opening, "Hanna Head", "Many applicants.", NOON)
    assert get_opening(story.database, story.alice, story.opening).may_select
    change_settings(story.database, story.alice, story.opening, together, NOON)
    assert get_opening(story.database, story.alice, story.opening).settings == together
    switch_off(story.database, story.alice, story.opening, after(hours=1))
    assert not get_opening(story.database, story.alice, story.opening).may_select
    change_settings(story.database, story.alice, story.opening, CHOSEN, NOON)


def test_a_copy_takes_over_everything_but_people_and_dates(story: Story) -> None:
    made = make_opening(story.database, story.alice, standard_form(), CHOSEN, NOON)
    assign_member(story.database, made, "dana@example.org")
    copied = copied_settings(get_opening(story.database, story.alice, made).settings)
    copy = make_opening(story.database, story.alice, standard_form(), copied, NOON)
    found = get_opening(story.database, story.alice, copy)
    assert (found.settings, found.time_zone) == (replace(CHOSEN, deadline=None), "UTC")
    copy = make_opening(story.database, story.alice, standard_form(), copied, NOON, copies=made)
    assert get_opening(story.database, story.alice, copy).time_zone == CHOSEN.deadline.zone != "UTC"
    assert [each.name for each in found.members] == ["Alice"]


def test_an_archived_opening_is_not_changed(story: Story) -> None:
    close_opening(story.database, story.alice, story.opening, NOON, end_links=False)
    change_settings(story.database, story.alice, story.opening, CHOSEN, NOON)
    archive_opening(story.database, story.alice, story.opening)
    for use in (
        lambda: change_settings(story.database, story.alice, story.opening, CHOSEN, NOON),
        lambda: choose_form(story.database, story.alice, story.opening, standard_form(), NOON),
    ):
        with pytest.raises(RefusedError, match="take it back from the archive first"):
            use()
    unarchive_opening(story.database, story.alice, story.opening)
    change_settings(story.database, story.alice, story.opening, CHOSEN, NOON)


def test_whoever_has_no_recruiting_role_makes_no_opening(story: Story) -> None:
    with pytest.raises(RefusedError, match="needs the role recruiter"):
        make_opening(story.database, story.dana, standard_form(), CHOSEN, NOON)
    assert len(rows(story.database, "opening")) == 2
