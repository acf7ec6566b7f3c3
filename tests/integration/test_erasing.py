"""Erasing: by staff and by candidates, held by a duty, and reaching what was written about others."""

import pytest
from sqlmodel import select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import Actor, ActorKind, ObjectKind, Target
from eiassess.domain.erasures import ErasedBy, ErasureReason, Hold
from eiassess.domain.mail_kinds import HANDED_IN
from eiassess.domain.requests import AdjustmentKind, CodePurpose, QuestionKind
from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.people_lists.reading import text_sheets
from eiassess.persistence.tables import (
    AdjustmentRecord,
    AssessmentSessionRecord,
    ErasureWishRecord,
    InterviewRatingRecord,
    InvitationListRecord,
    OneUseCodeRecord,
    StageMoveRecord,
)
from eiassess.services.adjustments.asking import ask_adjustment
from eiassess.services.auditing.acting import Acting, acting
from eiassess.services.deciding.notes import write_note
from eiassess.services.hiring.invitation_lists import stage_list
from eiassess.services.hiring.invitations import invite_candidate
from eiassess.services.hiring.list_records import FORGOTTEN_SOURCE
from eiassess.services.identifiers import new_id
from eiassess.services.interviews.planning import InterviewPlan, plan_interview
from eiassess.services.outbox.queueing import MailOrder, queue_mail
from eiassess.services.own_page.codes import send_code
from eiassess.services.own_page.erasing import find_own_hold
from eiassess.services.own_page.own_data import get_own_data
from eiassess.services.own_page.questions import answer_question, ask_people, list_questions
from eiassess.services.privacy.correcting import correct_candidate
from eiassess.services.privacy.erasing import erase_by_staff
from eiassess.services.privacy.holding import Duty, end_hold, hold_records
from eiassess.services.privacy.stored import stored_data
from eiassess.services.upkeep.erasure import carry_out_wishes
from eiassess.services.upkeep.promises import Promises
from eiassess.services.upkeep.retention import delete_expired
from tests.hiring_story import LINKS, NOON, Story, after, everything_stored, rows

LATER = after(hours=3)
DUTY = Duty("Dana", "A complaint is under way.", "2026-11-30")
ENDED = after(days=29)
OVER = after(days=400)


def erase(story: Story, session_id: str, number: str = "1", why: str = "asked"):  # noqa: ANN201 - an Erasure
    return erase_by_staff(story.database, story.alice, session_id, number, why, LATER)


def numbered(story: Story, session_id: str) -> str:
    return next(str(each["number"]) for each in rows(story.database, "assessment_session") if each["id"] == session_id)


def entered(story: Story) -> list[tuple[str, str, str]]:
    """Who did what to whom, as the audit says."""
    found = rows(story.database, "audit_entry")
    return [(each["actor_kind"], each["action"], each["object_id"]) for each in found]


class TestTraces:
    def test_a_name_goes_from_what_was_written_about_others(self, story: Story) -> None:
        robin = story.submitted("Robin")
        issued = invite_candidate(story.database, LINKS, story.opening, 'Ann "Xy" Zwart', "azwart@example.org", NOON)
        write_note(story.database, story.alice, robin.session_id, 'Stronger than ann "xy" zwart, said Bob.', LATER)
        write_note(story.database, story.alice, robin.session_id, "Zwartson is another; AZWART@example.org.", LATER)
        ask_people(story.database, robin.invitation_id, QuestionKind.EXPLAIN, "And Ann?", LATER)
        (question,) = list_questions(story.database, story.alice, story.opening)
        answer_question(story.database, story.alice, question.id, 'Ann "Xy" Zwart was as good.', LATER)
        interview = plan_interview(story.database, story.alice, robin.session_id, InterviewPlan((story.dana,)), LATER)
        with story.database.writing() as db:
            rating = InterviewRatingRecord(
                id=new_id(), interview_id=interview, session_id=robin.session_id, rater_id=story.dana,
                competency="x", number=1, rating=3, note='Like Ann "Xy" Zwart', blind=True, rated_at=LATER,
            )  # fmt: skip
            move = StageMoveRecord(
                id=new_id(), session_id=robin.session_id, number=1, stage="offer", person="Alice",
                reason='Before Ann "Xy" Zwart', moved_by=story.alice, moved_at=LATER,
            )  # fmt: skip
            db.add(rating)
            db.add(move)
        erase(story, issued.session_id, numbered(story, issued.session_id))
        kept = everything_stored(story.database)
        for trace in ("Xy", "xy", "azwart", "AZWART", 'Zwart"', issued.session_id):
            assert trace not in kept, trace
        words = {each["words"] for each in rows(story.database, "candidate_note")}
        assert words == {"Stronger than [erased], said Bob.", "Zwartson is another; [erased]."}
        (mail,) = (each for each in rows(story.database, "message") if each["kind"] == "question_answered")
        assert mail["given"] == '{"answer": "[erased] was as good."}'

    def test_a_name_that_somebody_else_has_too_stays(self, story: Story) -> None:
        robin, kim = story.submitted("Robin"), story.begun("Kim")
        invite_candidate(story.database, LINKS, story.opening, "Kim", "other@example.org", NOON)
        write_note(story.database, story.alice, robin.session_id, "Kim, kim@example.org", LATER)
        erase(story, kim.session_id, "2")
        assert rows(story.database, "candidate_note")[0]["words"] == "Kim, [erased]"

    def test_another_opening_is_left_alone(self, story: Story) -> None:
        zoe = story.submitted("Zoe", opening=story.other_opening)
        casey = story.submitted()
        write_note(story.database, story.charlie, zoe.session_id, "Casey is better", LATER)
        erase(story, casey.session_id)
        assert rows(story.database, "candidate_note")[0]["words"] == "Casey is better"

    def test_lists_that_wait_forget_them(self, story: Story) -> None:
        casey = story.submitted()
        text = "name,email\nCasey,CASEY@example.org\nCasey,casey at example\nSam,sam@example.org\n"
        stage_list(story.database, story.alice, story.opening, text_sheets(text), "Casey.csv", LATER)
        other = stage_list(
            story.database, story.alice, story.opening, text_sheets("name,email\nSam,s@example.org"), "b.csv", LATER
        )
        erase(story, casey.session_id)
        assert "casey" not in everything_stored(story.database).lower()
        assert sorted(each["name"] for each in rows(story.database, "invitation_list_row")) == ["Sam", "Sam"]
        with story.database.reading() as db:
            sources = {each.id: each for each in db.exec(select(InvitationListRecord))}
        assert sources[other].cells
        assert {each.source for each in sources.values()} == {FORGOTTEN_SOURCE, "b.csv"}


class TestReceipts:
    @pytest.mark.parametrize("why", [ErasureReason.ASKED, ErasureReason.NOT_NEEDED])
    def test_a_receipt_names_nobody(self, story: Story, why: ErasureReason) -> None:
        casey = story.submitted()
        done = erase(story, casey.session_id, why=why)
        (receipt,) = rows(story.database, "erasure_receipt")
        assert receipt["id"] == done.receipt
        assert (receipt["erased_by"], receipt["reason"]) == (ErasedBy.STAFF, why)
        assert casey.session_id not in everything_stored(story.database)

    def test_whoever_runs_the_program_is_another_kind_of_person(self, story: Story) -> None:
        casey = story.submitted()
        erase_by_staff(story.database, None, casey.session_id, "1", "asked", LATER)
        assert rows(story.database, "erasure_receipt")[0]["erased_by"] == ErasedBy.OPERATOR

    def test_of_those_whose_time_is_over_there_is_one_too(self, story: Story) -> None:
        story.submitted()
        delete_expired(story.database, OVER)
        (receipt,) = rows(story.database, "erasure_receipt")
        assert (receipt["erased_by"], receipt["reason"]) == (ErasedBy.NOBODY, ErasureReason.TIME_OVER)


class TestDuties:
    def test_nobody_is_deleted_whose_records_have_to_be_kept(self, story: Story) -> None:
        casey, _ = story.submitted(), story.submitted("Robin")
        hold_records(story.database, story.alice, casey.session_id, Duty("Dana", "Why", "2028-01-01"), LATER)
        assert delete_expired(story.database, OVER) == 1
        assert [each["name"] for each in rows(story.database, "candidate")] == ["Casey"]
        assert delete_expired(story.database, after(days=500)) == 1

    def test_the_candidate_can_read_it_until_it_ends(self, story: Story) -> None:
        casey = story.submitted()
        assert find_own_hold(story.database, casey.invitation_id, LATER) is None
        hold_records(story.database, None, casey.session_id, DUTY, LATER)
        hold = find_own_hold(story.database, casey.invitation_id, LATER)
        assert isinstance(hold, Hold)
        assert (hold.person, hold.reason, f"{hold.until:%d}") == ("Dana", "A complaint is under way.", "01")
        assert get_own_data(story.database, casey.invitation_id).hold == hold
        assert find_own_hold(story.database, casey.invitation_id, ENDED) is None

    def test_a_wish_that_waits_is_carried_out_once_and_keeps_who_wished_it(self, story: Story) -> None:
        casey, robin = story.submitted(), story.submitted("Robin")
        hold_records(story.database, story.alice, casey.session_id, DUTY, LATER)
        hold_records(story.database, story.alice, robin.session_id, Duty("Dana", "Why", "2028-01-01"), LATER)
        for each in (casey, robin):
            assert erase(story, each.session_id, numbered(story, each.session_id), "mistake").hold
        assert carry_out_wishes(story.database, LATER) == 0
        assert carry_out_wishes(story.database, ENDED) == 1
        assert carry_out_wishes(story.database, ENDED) == 0
        (receipt,) = rows(story.database, "erasure_receipt")
        assert (receipt["erased_by"], receipt["reason"]) == (ErasedBy.STAFF, ErasureReason.MISTAKE)
        end_hold(story.database, story.alice, robin.session_id)
        assert carry_out_wishes(story.database, ENDED) == 1

    def test_the_audit_tells_asking_from_erasing(self, story: Story) -> None:
        casey = story.submitted()
        about = Target(ObjectKind.CANDIDATE, casey.session_id)
        hold_records(story.database, story.alice, casey.session_id, DUTY, LATER)
        with acting(Acting(Actor(ActorKind.ACCOUNT, story.alice), Action.ERASE, about, lambda: LATER)):
            assert erase(story, casey.session_id).hold
        Promises().keep(story.database, LATER)
        assert entered(story) == [("account", "candidate.ask-erasure", casey.session_id)]
        Promises().keep(story.database, ENDED)
        assert entered(story)[1:] == [("worker", "candidate.erase", casey.session_id)]
        Promises().keep(story.database, after(days=30))
        assert len(entered(story)) == 2

    def test_others_can_neither_hold_nor_erase_nor_look(self, story: Story) -> None:
        casey = story.submitted()
        with pytest.raises(NotFoundError):
            hold_records(story.database, story.charlie, casey.session_id, DUTY, LATER)
        with pytest.raises(NotFoundError):
            erase_by_staff(story.database, story.charlie, casey.session_id, "1", "asked", LATER)
        with pytest.raises(NotFoundError):
            stored_data(story.database, story.charlie, casey.session_id, LATER)
        with pytest.raises(NotFoundError):
            correct_candidate(story.database, story.dana, casey.session_id, "X", "x@example.org", LATER)


class TestStored:
    def test_those_who_recruit_do_not_see_what_they_may_not_know(self, story: Story) -> None:
        casey = story.begun()
        ask_adjustment(story.database, casey.invitation_id, AdjustmentKind.CALL, "xylophone", after(minutes=1))
        send_code(story.database, casey.invitation_id, CodePurpose.DATA, after(minutes=1))
        with story.database.writing() as db:
            db.add(AdjustmentRecord(session_id=casey.session_id, factor=1.5, ends_at=after(days=30), given_at=NOON))
            who = MailOrder("Casey", "casey@example.org", opening_id=story.opening, session_id=casey.session_id)
            queue_mail(db, HANDED_IN, who, LATER)
        seen = stored_data(story.database, story.alice, casey.session_id, LATER)
        whole = stored_data(story.database, None, casey.session_id, LATER)
        assert "xylophone" not in str(seen)
        assert "xylophone" in str(whole)
        assert (seen.own.extra_time_factor, whole.own.extra_time_factor) == (1.0, 1.5)
        assert seen.own.ends_at < whole.own.ends_at
        assert seen.own.mails == ()
        assert {each.kind for each in whole.own.mails} == {"one_use_code", "handed_in"}

    def test_ratings_that_one_may_not_read_yet_are_told_of_alone(self, story: Story) -> None:
        casey = story.submitted()
        interview = plan_interview(story.database, story.alice, casey.session_id, InterviewPlan((story.dana,)), LATER)
        with story.database.writing() as db:
            rating = InterviewRatingRecord(
                id=new_id(), interview_id=interview, session_id=casey.session_id, rater_id=story.dana,
                competency="x", number=1, rating=3, note="xylophone", blind=True, rated_at=LATER,
            )  # fmt: skip
            db.add(rating)
        seen = stored_data(story.database, story.alice, casey.session_id, LATER)
        assert (seen.ratings, seen.more_ratings) == ((), True)
        whole = stored_data(story.database, None, casey.session_id, LATER)
        assert (whole.ratings[0].note, whole.more_ratings) == ("xylophone", False)


def test_a_corrected_address_gets_what_waits_and_ends_codes(story: Story) -> None:
    casey = story.begun()
    send_code(story.database, casey.invitation_id, CodePurpose.ERASURE, LATER)
    assert correct_candidate(story.database, story.alice, casey.session_id, "Casey", "new@example.org", LATER)
    assert {each["recipient_email"] for each in rows(story.database, "message")} == {"new@example.org"}
    with story.database.reading() as db:
        assert db.exec(select(OneUseCodeRecord.expires_at)).one() == LATER
    assert not correct_candidate(story.database, None, casey.session_id, "Case", "new@example.org", LATER)
    assert rows(story.database, "candidate")[0]["name_found_by"] == "case"


def test_a_wish_whose_sitting_went_meanwhile_is_no_fault(story: Story) -> None:
    casey = story.submitted()
    with story.database.writing() as db:
        assert db.get(AssessmentSessionRecord, casey.session_id)
        db.add(ErasureWishRecord(session_id=casey.session_id, wished_by="staff", reason="asked", wished_at=LATER))
    assert carry_out_wishes(story.database, LATER) == 1


def test_a_number_that_is_none_erases_nothing(story: Story) -> None:
    casey = story.submitted()
    for typed in ("", "  ", "0", "2", "1x", "-1"):
        with pytest.raises(InvalidInputError) as caught:
            erase(story, casey.session_id, typed)
        assert caught.value.field == "number"
    with pytest.raises(InvalidInputError) as caught:
        erase(story, casey.session_id, "1", "time over")
    assert caught.value.field == "why"
    assert len(rows(story.database, "candidate")) == 1
