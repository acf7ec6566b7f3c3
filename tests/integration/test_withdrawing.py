"""Withdrawing, inviting anew, a new link, and moving the deadline for one, some or all."""

from dataclasses import replace

import pytest

from eiassess.domain.sessions import SessionState, WithdrawnBy
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import AssessmentSessionRecord
from eiassess.services.hiring.extending import Extension, extend_candidates, held_by_limit
from eiassess.services.hiring.invitations import (
    IssuedInvitation,
    LinkClosedError,
    invite_candidate,
    open_invitation,
    replace_invitation,
)
from eiassess.services.hiring.withdrawing import Withdrawal, withdraw_candidates, withdraw_own
from eiassess.services.mailing.showing import show_mail
from eiassess.services.sitting.answers import NotSittingError, Sitting, get_sitting
from eiassess.services.sitting.deadlines import hand_in_due
from tests.hiring_story import LINKS, VARIED, Invited, Story, after, rows, standard_form
from tests.integration.test_ends import settings
from tests.mailing import SOURCES

FIRST = standard_form().form.scenarios[0]
END = after(hours=5)
LATER = after(hours=9)
HIDDEN = replace(SOURCES, links=None, to_reader=False)


def of(casey: Invited) -> Sitting:
    return get_sitting(casey.database, casey.invitation_id)


def invite_again(story: Story, casey: str = "casey") -> IssuedInvitation:
    return invite_candidate(story.database, LINKS, story.opening, casey.title(), f"{casey}@example.org", after(hours=2))


class TestWithdrawing:
    def test_by_the_candidate(self, story: Story) -> None:
        casey = story.begun()
        casey.save(FIRST.id, {"a": 3})
        withdraw_own(story.database, casey.invitation_id, after(hours=1))
        withdraw_own(story.database, casey.invitation_id, after(hours=2))
        assert of(casey).withdrawn_by is WithdrawnBy.CANDIDATE
        (row,) = rows(story.database, "assessment_session")
        assert str(row["withdrawn_at"]).startswith("2026-11-02 13:00")
        with pytest.raises(NotSittingError, match="withdrawn"):
            casey.save(FIRST.id, {"a": 4}, 1)
        assert of(casey).response_to(FIRST.id).ratings == {"a": 3}

    def test_answers_that_are_handed_in_are_not_withdrawn_but_erased(self, story: Story) -> None:
        casey = story.submitted()
        with pytest.raises(RefusedError, match="have them erased instead"):
            withdraw_own(story.database, casey.invitation_id, after(hours=2))
        assert of(casey).withdrawn_by is None

    def test_by_a_recruiter_for_some(self, story: Story) -> None:
        casey, robin, sam = story.begun("Casey"), story.submitted("Robin"), story.invite("Sam")
        zoe = story.invite("Zoe", opening=story.other_opening)
        everybody = [each.session_id for each in (casey, robin, zoe)]
        done = withdraw_candidates(story.database, story.alice, story.opening, everybody, after(hours=2))
        assert done == Withdrawal(withdrawn=1, handed_in=1)
        assert [of(each).withdrawn_by for each in (casey, robin, sam, zoe)] == [WithdrawnBy.RECRUITER, None, None, None]
        with pytest.raises(NotFoundError):
            withdraw_candidates(story.database, story.charlie, story.opening, everybody, after(hours=2))

    @pytest.mark.parametrize("by", list(WithdrawnBy))
    def test_whoever_was_withdrawn_is_invited_anew_and_goes_on(self, story: Story, by: WithdrawnBy) -> None:
        """Not answered by "already used"."""
        casey = story.begun()
        casey.save(FIRST.id, {"a": 3})
        if by is WithdrawnBy.CANDIDATE:
            withdraw_own(story.database, casey.invitation_id, after(hours=1))
        else:
            withdraw_candidates(story.database, story.alice, story.opening, [casey.session_id], after(hours=1))
        again = invite_again(story)
        assert (again.session_id, again.is_again) == (casey.session_id, True)
        anew = Invited(story.database, casey.session_id, again.token, open_invitation(story.database, again.token))
        assert (of(anew).withdrawn_by, of(anew).state) == (None, SessionState.STARTED)
        assert anew.save(FIRST.id, {"a": 4}, 1) == 2
        with pytest.raises(LinkClosedError):
            open_invitation(story.database, casey.token)

    def test_a_new_link_kills_the_old_one_and_keeps_answers_deadline_and_withdrawal(self, story: Story) -> None:
        settings(story, deadline_at=END)
        casey = story.begun()
        casey.save(FIRST.id, {"a": 3})
        withdraw_own(story.database, casey.invitation_id, after(hours=1))
        issued = replace_invitation(story.database, LINKS, casey.session_id, after(hours=2))
        with pytest.raises(LinkClosedError):
            open_invitation(story.database, casey.token)
        sitting = get_sitting(story.database, open_invitation(story.database, issued.token))
        assert sitting.response_to(FIRST.id).ratings == {"a": 3}
        assert (sitting.withdrawn_by, sitting.times.ends_at) == (WithdrawnBy.CANDIDATE, END)


class TestExtending:
    def test_for_some_and_nobody_loses_time(self, story: Story) -> None:
        settings(story, deadline_at=END)
        casey, robin, sam, kim = story.begun("Casey"), story.submitted("Robin"), story.invite("Sam"), story.begun("Kim")
        withdraw_own(story.database, kim.invitation_id, after(hours=1))
        chosen = [each.session_id for each in (casey, robin, kim)]
        made = extend_candidates(story.database, story.alice, story.opening, chosen, LATER, after(hours=6))
        assert made == Extension((casey.session_id,), handed_in=1, withdrawn=1, later_already=0)
        assert [of(each).times.ends_at for each in (casey, sam)] == [LATER, END]
        again = extend_candidates(story.database, story.alice, story.opening, chosen, after(hours=7), after(hours=6))
        assert (again.extended, again.later_already) == ((), 1)
        assert of(casey).times.ends_at == LATER
        casey.save(FIRST.id, {"a": 3}, now=after(hours=8))

    def test_for_all_the_openings_own_deadline_moves(self, story: Story) -> None:
        settings(story, deadline_at=END)
        casey, sam = story.begun("Casey"), story.invite("Sam")
        made = extend_candidates(story.database, story.alice, story.opening, None, LATER, after(hours=1))
        assert set(made.extended) == {casey.session_id, sam.session_id}
        assert of(story.invite("Late")).times.ends_at == LATER
        assert extend_candidates(story.database, story.alice, story.opening, None, END, after(hours=1)).extended == ()
        assert of(casey).times.ends_at == LATER

    def test_whom_the_limit_ends_a_later_day_gives_nothing(self, story: Story) -> None:
        """The deadline cut Robin's limit short, so a later day gives him its rest; Sam has not begun."""
        settings(story, deadline_at=after(minutes=50), time_limit_minutes=30)
        casey, robin, sam = story.begun("Casey"), story.invite("Robin"), story.invite("Sam")
        with story.database.writing() as db:
            db.get_one(AssessmentSessionRecord, robin.session_id).practised_at = after(minutes=40)
        people = [each.session_id for each in (casey, robin, sam)]
        now = after(minutes=45)
        assert held_by_limit(story.database, story.alice, story.opening, people, now) == {casey.session_id}
        late = after(minutes=75)
        held = held_by_limit(story.database, story.alice, story.opening, people, late)
        assert held == {casey.session_id, robin.session_id}
        made = extend_candidates(story.database, story.alice, story.opening, people, LATER, now)
        assert (set(made.extended), made.later_already, made.held_by_limit) == (set(people[1:]), 0, 1)
        assert [of(each).times.ends_at for each in (casey, robin, sam)] == [after(minutes=30), after(minutes=70), LATER]
        mails = {row["recipient_name"]: row["id"] for row in rows(story.database, "message")}
        assert set(mails) == {"Robin", "Sam"}
        texts = {name: show_mail(story.database, story.alice, each, HIDDEN, now).text for name, each in mails.items()}
        assert "until Monday 2 November 2026, 13:10 (UTC)" in texts["Robin"]
        with pytest.raises(NotFoundError):
            held_by_limit(story.database, story.charlie, story.opening, people, now)

    def test_for_all_of_an_opening_without_a_deadline_each_gets_their_own(self, story: Story) -> None:
        casey = story.begun("Casey")
        far = after(days=30)
        assert extend_candidates(story.database, story.alice, story.opening, None, far, after()).extended
        assert of(casey).times.ends_at == far
        assert of(story.invite("Sam")).times.ends_at == after(days=14)

    def test_only_to_a_time_that_is_still_to_come_and_by_who_recruits_here(self, story: Story) -> None:
        with pytest.raises(InvalidInputError, match="still to come"):
            extend_candidates(story.database, story.alice, story.opening, None, after(hours=1), after(hours=1))
        with pytest.raises(NotFoundError):
            extend_candidates(story.database, story.charlie, story.opening, None, LATER, after(hours=1))

    def test_what_the_server_handed_in_stays_handed_in(self, story: Story) -> None:
        settings(story, deadline_at=END)
        casey = story.begun("Casey")
        casey.answer_all(VARIED)
        hand_in_due(story.database, after(hours=6))
        made = extend_candidates(story.database, story.alice, story.opening, None, LATER, after(hours=6))
        assert (made.extended, made.handed_in) == ((), 1)
        assert of(casey).state is SessionState.SUBMITTED
