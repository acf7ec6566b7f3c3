"""Stages, notes, decisions: recorded by people, kept for good, told once, and closed to whoever knows of requests."""

import pytest

from eiassess.domain.deciding import DECISIONS, DecisionStage, StageChoice
from eiassess.domain.openings import MemberPart
from eiassess.domain.requests import AdjustmentKind
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.tables import FormerContactRecord, MessageRecord, OpeningMemberRecord
from eiassess.services.adjustments.asking import ask_adjustment
from eiassess.services.deciding.deciders import require_decider
from eiassess.services.deciding.decisions import Decision, Moved, move_candidates
from eiassess.services.deciding.files import CandidateFile, get_file
from eiassess.services.deciding.notes import write_note
from eiassess.services.deciding.overview import get_decisions, list_chosen
from eiassess.services.deciding.shortlist import mark_candidates
from eiassess.services.deciding.stages import COMMON, STAGES_AT_MOST, add_stage, standing_of
from eiassess.services.deciding.telling import tell_candidates
from eiassess.services.mailing.about_candidates import require_candidate_reason
from eiassess.services.mailing.sources import NotNeededError
from eiassess.services.once import AlreadyDoneError
from eiassess.services.upkeep.retention import delete_expired
from tests.hiring_story import Invited, Story, after, everything_stored, rows, switch_on
from tests.statements import asked

INTERVIEW = Decision(DecisionStage.INTERVIEW)
NOT_TAKEN = Decision(DecisionStage.NOT_TAKEN, "Hanna Head", "Another spoke better of complaints.")


def move(
    story: Story, decision: Decision, *people: Invited, who: str = "alice", hours: float = 2, form: str = ""
) -> Moved:
    return move_candidates(
        story.database, story.people[who].id, story.opening, [each.session_id for each in people], decision,
        after(hours=hours), form=form,
    )  # fmt: skip


def file_of(story: Story, who: Invited) -> CandidateFile:
    return get_file(story.database, story.alice, who.session_id)


def kinds(story: Story) -> list[str]:
    return sorted(each["kind"] for each in rows(story.database, "message") if each["kind"].startswith("told"))


def test_everybody_begins_to_be_reviewed_and_nothing_moves_them_by_itself(story: Story) -> None:
    best = story.submitted("Ann")
    assert file_of(story, best).stage == StageChoice("to_review", "To review")
    assert rows(story.database, "stage_move") == []


def test_each_change_is_kept_with_who_and_when_and_why(story: Story) -> None:
    ann, kim = story.submitted("Ann"), story.invite("Kim")
    assert move(story, INTERVIEW, ann, kim) == Moved(2, 0, 0)
    assert move(story, NOT_TAKEN, ann, who="bob", hours=3) == Moved(1, 0, 0)
    found = file_of(story, ann)
    assert found.stage.name == "Not taken"
    assert [(each.stage.id, each.person, each.reason, each.recorded_by, each.at) for each in found.moves] == [
        ("not_taken", "Hanna Head", "Another spoke better of complaints.", "Bob", after(hours=3)),
        ("interview", "", "", "Alice", after(hours=2)),
    ]
    assert file_of(story, kim).stage.id == "interview"


def test_who_stands_there_already_gets_no_second_row(story: Story) -> None:
    ann, kim = story.invite("Ann"), story.invite("Kim")
    move(story, INTERVIEW, ann)
    assert move(story, INTERVIEW, ann, kim) == Moved(1, 1, 0)
    assert len(rows(story.database, "stage_move")) == 2


@pytest.mark.parametrize("stage", sorted(DECISIONS))
@pytest.mark.parametrize(
    ("person", "reason", "field"),
    [("", "Because.", "person"), ("Hanna", " ", "reason"), ("x" * 201, "So.", "person"), ("Ann", "x" * 501, "reason")],
)
def test_a_decision_needs_a_named_person_and_a_reason(
    story: Story, stage: str, person: str, reason: str, field: str
) -> None:
    ann = story.invite("Ann")
    with pytest.raises(InvalidInputError) as refused:
        move(story, Decision(stage, person, reason), ann)
    assert refused.value.field == field
    assert file_of(story, ann).moves == ()


def test_an_opening_has_stages_of_its_own_which_no_other_has(story: Story) -> None:
    own = add_stage(story.database, story.alice, story.opening, "  Trial   day ", after(hours=1))
    ann = story.invite("Ann")
    move(story, Decision(own), ann)
    assert file_of(story, ann).stage == StageChoice(own, "Trial day")
    with story.database.reading() as db:
        assert standing_of(db, story.opening, [ann.session_id]) == {ann.session_id: StageChoice(own, "Trial day")}
    zoe = story.invite("Zoe", opening=story.other_opening)
    with pytest.raises(InvalidInputError, match="one of the opening's stages"):
        move_candidates(
            story.database, story.charlie, story.other_opening, [zoe.session_id], Decision(own), after(hours=1)
        )
    for name in ("", "x" * 61, "trial DAY", "Hired"):
        with pytest.raises(InvalidInputError) as refused:
            add_stage(story.database, story.alice, story.opening, name, after(hours=1))
        assert refused.value.field == "stage_name"
    for n in range(STAGES_AT_MOST - 1):
        add_stage(story.database, story.alice, story.opening, f"Stage {n}", after(hours=1))
    with pytest.raises(InvalidInputError, match="at most"):
        add_stage(story.database, story.alice, story.opening, "One more", after(hours=1))


def test_a_candidate_is_told_once_and_only_when_somebody_says_so(story: Story) -> None:
    ann, kim, lou = (story.invite(name) for name in ("Ann", "Kim", "Lou"))
    move(story, INTERVIEW, ann, kim)
    assert kinds(story) == []
    assert move(story, Decision(DecisionStage.OFFER, "Hanna", "Best talk.", tell=True), ann, hours=3) == Moved(1, 0, 1)
    everybody = [ann.session_id, kim.session_id, lou.session_id]
    assert tell_candidates(story.database, story.alice, story.opening, everybody, after(hours=4)) == 1
    assert tell_candidates(story.database, story.alice, story.opening, everybody, after(hours=5)) == 0
    assert kinds(story) == ["told_interview", "told_offer"]
    move(story, Decision(DecisionStage.TO_REVIEW), kim, hours=6)
    move(story, Decision(DecisionStage.INTERVIEW, tell=True), kim, hours=7)
    assert kinds(story) == ["told_interview", "told_interview", "told_offer"]


def test_a_form_posted_twice_moves_and_mails_once(story: Story) -> None:
    ann = story.invite("Ann")
    decision = Decision(DecisionStage.INTERVIEW, tell=True)
    move(story, decision, ann, form="a showing")
    with pytest.raises(AlreadyDoneError):
        move(story, decision, ann, form="a showing")
    assert kinds(story) == ["told_interview"]


def test_a_mail_that_waits_is_not_sent_when_somebody_stands_elsewhere_meanwhile(story: Story) -> None:
    ann = story.invite("Ann")
    move(story, Decision(DecisionStage.INTERVIEW, tell=True), ann)
    (mail,) = (each for each in rows(story.database, "message") if each["kind"] == "told_interview")
    with story.database.reading() as db:
        require_candidate_reason(db, db.get_one(MessageRecord, mail["id"]), after(hours=3))
    move(story, NOT_TAKEN, ann, hours=3)
    with story.database.reading() as db, pytest.raises(NotNeededError, match="another stage"):
        require_candidate_reason(db, db.get_one(MessageRecord, mail["id"]), after(hours=4))


def test_notes_have_an_author_and_a_time_and_stay(story: Story) -> None:
    ann = story.invite("Ann")
    write_note(
        story.database, story.alice, ann.session_id, " Ask about nights.\r\nAnd keys. ", after(hours=1), form="f"
    )
    write_note(story.database, story.bob, ann.session_id, "Called back.", after(hours=2))
    with pytest.raises(AlreadyDoneError):
        write_note(
            story.database, story.alice, ann.session_id, "Ask about nights.\nAnd keys.", after(hours=3), form="f"
        )
    assert [(each.words, each.author, each.at) for each in file_of(story, ann).notes] == [
        ("Called back.", "Bob", after(hours=2)),
        ("Ask about nights.\nAnd keys.", "Alice", after(hours=1)),
    ]
    for words in (" ", "x" * 4001):
        with pytest.raises(InvalidInputError):
            write_note(story.database, story.alice, ann.session_id, words, after(hours=1))


def test_managers_and_other_recruiters_reach_none_of_it(story: Story) -> None:
    ann = story.submitted("Ann")
    for who in (story.dana, story.charlie):
        for use in (
            lambda who=who: move_candidates(story.database, who, story.opening, [ann.session_id], INTERVIEW, after()),
            lambda who=who: write_note(story.database, who, ann.session_id, "Hm.", after()),
            lambda who=who: get_file(story.database, who, ann.session_id),
            lambda who=who: get_decisions(story.database, who, story.opening),
            lambda who=who: list_chosen(story.database, who, story.opening, [ann.session_id]),
            lambda who=who: tell_candidates(story.database, who, story.opening, [ann.session_id], after()),
            lambda who=who: add_stage(story.database, who, story.opening, "Mine", after()),
            lambda who=who: mark_candidates(story.database, who, story.opening, [ann.session_id], after(), marked=True),
        ):
            with pytest.raises(NotFoundError):
                use()
    for use in (
        lambda: get_file(story.database, story.alice, "nobody"),
        lambda: write_note(story.database, story.alice, "nobody", "Hm.", after()),
    ):
        with pytest.raises(NotFoundError):
            use()


def test_the_contact_for_adjustments_records_nothing_even_with_another_part(story: Story) -> None:
    ann = story.invite("Ann")
    with story.database.writing() as db:
        db.add(OpeningMemberRecord(opening_id=story.opening, user_id=story.bob, part=MemberPart.ADJUSTMENTS))
    for use in (
        lambda: move(story, INTERVIEW, ann, who="bob"),
        lambda: write_note(story.database, story.bob, ann.session_id, "Hm.", after()),
        lambda: tell_candidates(story.database, story.bob, story.opening, [ann.session_id], after()),
        lambda: add_stage(story.database, story.bob, story.opening, "Mine", after()),
        lambda: mark_candidates(story.database, story.bob, story.opening, [ann.session_id], after(), marked=True),
    ):
        with pytest.raises(RefusedError, match="records no stage, rating or decision"):
            use()
    with story.database.reading() as db:
        assert require_decider(db, story.opening, story.alice).id == story.opening
        assert require_decider(db, story.opening, story.dana, MemberPart.MANAGES).id == story.opening


def test_nor_does_whoever_was_the_contact_while_requests_could_be_read(story: Story) -> None:
    ann = story.invite("Ann")
    with story.database.writing() as db:
        db.add(FormerContactRecord(opening_id=story.opening, user_id=story.bob, until=after(hours=2)))
    assert move(story, INTERVIEW, ann, who="bob").moved == 1
    ask_adjustment(story.database, ann.invitation_id, AdjustmentKind.CALL, "After four.", after(hours=1))
    with pytest.raises(RefusedError, match="records no stage"):
        move(story, NOT_TAKEN, ann, who="bob")


def test_the_shortlist_is_peoples_work_and_only_where_scores_may_put_in_order(story: Story) -> None:
    ann, kim = story.invite("Ann"), story.invite("Kim")
    people = [ann.session_id, kim.session_id]
    with pytest.raises(RefusedError, match="no shortlist here"):
        mark_candidates(story.database, story.alice, story.opening, people, after(), marked=True)
    switch_on(story.database, story.opening)
    assert mark_candidates(story.database, story.alice, story.opening, people, after(), marked=True) == 2
    assert mark_candidates(story.database, story.bob, story.opening, people[:1], after(hours=1), marked=False) == 1
    assert mark_candidates(story.database, story.bob, story.opening, people[:1], after(hours=1), marked=False) == 0
    assert [each.marked for each in get_decisions(story.database, story.alice, story.opening).rows] == [False, True]
    kept = [(each["session_id"], bool(each["marked"])) for each in rows(story.database, "candidate_mark")]
    assert sorted(kept) == sorted([(people[0], True), (people[1], True), (people[0], False)])


def test_the_overview_counts_filters_and_pages_in_as_many_statements_for_many(story: Story) -> None:
    people = [story.invite(f"Ann{n:02}") for n in range(3)]
    with asked() as for_three:
        get_decisions(story.database, story.alice, story.opening)
    people += [story.invite(f"Kim{n:02}") for n in range(52)]
    with asked() as for_many:
        first = get_decisions(story.database, story.alice, story.opening)
    assert len(for_three) == len(for_many)
    move(story, INTERVIEW, *people[:2])
    assert (len(first.rows), first.n_pages, first.counts) == (50, 2, {"to_review": 55})
    last = get_decisions(story.database, story.alice, story.opening, page=9)
    assert (last.page, [each.name for each in last.rows]) == (2, [f"Kim{n:02}" for n in range(47, 52)])
    there = get_decisions(story.database, story.alice, story.opening, "interview")
    assert [(each.name, each.untold, each.since) for each in there.rows] == [
        ("Ann00", True, after(hours=2)), ("Ann01", True, after(hours=2))
    ]  # fmt: skip
    assert (there.stage, there.n_pages) == (COMMON[1], 1)
    chosen = list_chosen(story.database, story.alice, story.opening, [people[4].session_id, people[1].session_id])
    assert [name for _, _, name in chosen] == ["Ann01", "Kim01"]


def test_all_of_it_goes_with_the_candidate(story: Story) -> None:
    ann = story.submitted("Ann")
    switch_on(story.database, story.opening)
    move(story, Decision(DecisionStage.HIRED, "Hanna Head", "xylophone"), ann)
    write_note(story.database, story.alice, ann.session_id, "glockenspiel", after(hours=2))
    mark_candidates(story.database, story.alice, story.opening, [ann.session_id], after(), marked=True)
    assert delete_expired(story.database, after(days=400)) == 1
    for word in ("xylophone", "glockenspiel", ann.session_id):
        assert word not in everything_stored(story.database)
