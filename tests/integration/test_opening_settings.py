"""Making, changing and copying openings with all that is chosen for them, and who does what in them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel, delete

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.domain.deadlines import Deadline, deadline_in
from eiassess.domain.openings import Combination, MemberPart, OpeningSettings, OpeningState, ProfileRow, ScoreUse
from eiassess.domain.roles import Role
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import AdjustmentRecord, InvitationRecord, MessageRecord, OpeningRecord
from eiassess.services import Database
from eiassess.services.hiring import opening_settings
from eiassess.services.hiring.closing import archive_opening, close_opening, unarchive_opening
from eiassess.services.hiring.extending import extend_candidates
from eiassess.services.hiring.moving import MoveReach, reach_of_moving
from eiassess.services.hiring.opening_members import Member, set_parts
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
from tests.hiring_story import NOON, PASSWORD, Invited, Story, after, rows, standard_form
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
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening_settings, "setting_problems", lambda *_: ())  # as if the key supported selection

    def choose(combination: Combination) -> None:
        with story.database.writing() as db:
            opening = db.get_one(OpeningRecord, story.opening)
            opening.combination = combination
            db.add(opening)

    choose(Combination.EQUAL)
    story.invite("Robin")
    change_settings(story.database, story.alice, story.opening, CHOSEN, NOON)
    assert get_opening(story.database, story.alice, story.opening).n_handed_in == 0
    story.submitted("Casey")
    change_settings(story.database, story.alice, story.opening, CHOSEN, NOON)
    choose(Combination.EQUAL)
    change_settings(story.database, story.alice, story.opening, CHOSEN, NOON)
    for before, wanted in (
        (Combination.APART, Combination.EQUAL),
        (Combination.EQUAL, Combination.INTERVIEW_TWICE),
    ):
        choose(before)
        with pytest.raises(InvalidInputError, match="before any result is known") as refused:
            change_settings(story.database, story.alice, story.opening, replace(CHOSEN, combination=wanted), NOON)
        assert refused.value.field == "combination"
    assert get_opening(story.database, story.alice, story.opening).n_handed_in == 1


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


def parts(story: Story, name: str) -> tuple[MemberPart, ...]:
    members = get_opening(story.database, story.alice, story.opening).members
    return next((each.parts for each in members if each.email == f"{name}@example.org"), ())


def test_one_person_has_several_parts_and_they_change(story: Story) -> None:
    assign_member(story.database, story.opening, "alice@example.org", [MemberPart.INTERVIEWS])
    assert parts(story, "alice") == (MemberPart.RECRUITS, MemberPart.INTERVIEWS)
    assign_member(story.database, story.opening, "alice@example.org")
    assert parts(story, "alice") == (MemberPart.RECRUITS, MemberPart.INTERVIEWS)
    set_parts(story.database, story.opening, story.alice, [MemberPart.RECRUITS], NOON)
    assert parts(story, "alice") == (MemberPart.RECRUITS,)
    set_parts(story.database, story.opening, story.dana, [], NOON)
    assert parts(story, "dana") == ()
    with pytest.raises(NotFoundError, match="no such member"):
        set_parts(story.database, story.opening, story.dana, [MemberPart.MANAGES], NOON)


def test_a_part_needs_a_role_that_opens_its_pages(story: Story) -> None:
    with pytest.raises(RefusedError, match=r"dana@example\.org needs the role recruiter or administrator"):
        assign_member(story.database, story.opening, "dana@example.org", [MemberPart.RECRUITS])
    with pytest.raises(RefusedError, match=r"bob@example\.org needs the role manager"):
        set_parts(story.database, story.opening, story.bob, [MemberPart.RECRUITS, MemberPart.MANAGES], NOON)
    assert parts(story, "bob") == (MemberPart.RECRUITS,)


def test_whoever_knows_of_requests_has_no_other_part(story: Story) -> None:
    with pytest.raises(RefusedError, match="must decide nothing here"):
        assign_member(story.database, story.opening, "bob@example.org", [MemberPart.ADJUSTMENTS])
    set_parts(story.database, story.opening, story.bob, [MemberPart.ADJUSTMENTS], NOON)
    assert parts(story, "bob") == (MemberPart.ADJUSTMENTS,)


def test_somebody_who_recruits_is_always_left(story: Story) -> None:
    set_parts(story.database, story.opening, story.bob, [], NOON)
    with pytest.raises(RefusedError, match="Nobody would be left who recruits"):
        set_parts(story.database, story.opening, story.alice, [MemberPart.INTERVIEWS], NOON)
    assert parts(story, "alice") == (MemberPart.RECRUITS,)


def test_whoever_has_no_recruiting_role_makes_no_opening(story: Story) -> None:
    with pytest.raises(RefusedError, match="needs the role recruiter"):
        make_opening(story.database, story.dana, standard_form(), CHOSEN, NOON)
    assert len(rows(story.database, "opening")) == 2


class TestMovingTheDeadline:
    FIRST, LATER = (deadline_in("Europe/Berlin", date(2026, 12, day), time(17)) for day in (4, 11))

    @pytest.fixture
    def dated(self, story: Story) -> Story:
        self.change(story, self.FIRST)
        return story

    def change(self, story: Story, deadline: Deadline | None, **more: object) -> None:
        settings = get_opening(story.database, story.alice, story.opening).settings
        changed = replace(settings, deadline=deadline, **more)
        change_settings(story.database, story.alice, story.opening, changed, after(hours=2))

    def written_to(self, story: Story) -> list[str]:
        found = rows(story.database, "message")
        return sorted(each["recipient_name"] for each in found if each["kind"] == "deadline_moved")

    def reach(self, story: Story, now: datetime = NOON) -> MoveReach:
        return reach_of_moving(story.database, story.alice, story.opening, now)

    def test_those_on_their_way_are_written_to_once(self, dated: Story) -> None:
        dated.invite("Casey")
        dated.begun("Robin")
        dated.submitted("Sam")
        gone = dated.invite("Toni")
        withdraw_own(dated.database, gone.invitation_id, NOON)
        closed = dated.invite("Uma")
        revoke_links(dated, closed)
        dated.invite("Vera", opening=dated.other_opening)
        assert self.reach(dated) == MoveReach(2, 0)
        for _ in range(2):  # the second time nothing moves
            self.change(dated, self.LATER)
        assert self.written_to(dated) == ["Casey", "Robin"]
        assert {each["opening_id"] for each in rows(dated.database, "message")} == {dated.opening}

    def test_an_earlier_deadline_is_told_too(self, dated: Story) -> None:
        dated.invite("Casey")
        self.change(dated, deadline_in("UTC", date(2026, 11, 20), time(12)))
        assert self.written_to(dated) == ["Casey"]

    def test_without_a_deadline_the_day_of_the_link_holds(self, story: Story) -> None:
        story.invite("Casey")
        assert self.reach(story) == MoveReach(1, 0)
        self.change(story, self.LATER)
        assert self.written_to(story) == ["Casey"]

    def test_whoever_has_a_later_end_of_their_own_is_written_to_only_if_it_moves(self, dated: Story) -> None:
        casey = dated.invite("Casey")
        extend_candidates(
            dated.database, dated.alice, dated.opening, [casey.session_id], self.FIRST.at + timedelta(days=30), NOON
        )
        empty(dated, MessageRecord)
        assert self.reach(dated) == MoveReach(0, 1)
        self.change(dated, self.LATER)
        assert self.written_to(dated) == []
        self.change(dated, deadline_in("UTC", date(2027, 2, 1), time(12)))
        assert self.written_to(dated) == ["Casey"]

    def test_who_runs_against_a_limit_is_not_written_to_for_a_deadline_that_changes_nothing(self, dated: Story) -> None:
        self.change(dated, self.FIRST, time_limit_minutes=150)
        dated.begun("Casey")
        assert self.reach(dated) == MoveReach(0, 1)
        assert self.reach(dated, after(hours=3)) == MoveReach(0, 0)
        self.change(dated, self.LATER, time_limit_minutes=180)
        assert self.written_to(dated) == []

    def test_other_changes_write_to_nobody(self, dated: Story) -> None:
        dated.invite("Casey")
        self.change(dated, self.FIRST, title="Another", time_limit_minutes=90)
        self.change(dated, Deadline(self.FIRST.at, "Europe/Oslo"))
        assert self.written_to(dated) == []

    def test_nobody_is_written_to_that_their_time_is_over(self, story: Story) -> None:
        """Without a deadline the day of the link holds again, and that may have passed."""
        story.invite("Casey")
        self.change(story, self.LATER)
        empty(story, MessageRecord)
        settings = replace(get_opening(story.database, story.alice, story.opening).settings, deadline=None)
        change_settings(story.database, story.alice, story.opening, settings, self.LATER.at)
        assert self.written_to(story) == []

    def test_mails_tell_nobody_of_an_end_that_only_the_person_knows(self, dated: Story) -> None:
        casey = dated.invite("Casey")
        with dated.database.writing() as db:
            db.add(AdjustmentRecord(session_id=casey.session_id, ends_at=after(days=90), given_at=NOON))
        assert self.reach(dated) == MoveReach(1, 0)
        self.change(dated, self.LATER)
        assert self.written_to(dated) == ["Casey"]

    def test_a_refused_change_queues_nothing(self, dated: Story) -> None:
        dated.invite("Casey")
        with pytest.raises(InvalidInputError):
            self.change(dated, self.LATER, keep_days=3000)
        assert self.written_to(dated) == []


def revoke_links(story: Story, invited: Invited) -> None:
    with story.database.writing() as db:
        db.get_one(InvitationRecord, invited.invitation_id).revoked_at = NOON


def empty(story: Story, table: type[SQLModel]) -> None:
    with story.database.writing() as db:
        db.exec(delete(table))
