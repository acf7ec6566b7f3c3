"""Ratings of interviews: given alone, closed to whoever has still to rate, and kept for good."""

import pytest

from eiassess.domain.interviews import NOTE_AT_MOST, GivenRating
from eiassess.domain.releases import ReleaseField
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.services.hiring.opening_members import set_parts
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.interviews.rating import record_ratings
from eiassess.services.interviews.waiting import list_own_interviews
from tests.hiring_story import Story, after, at_once, rows
from tests.interviews import COMPETENCIES, let_interview, plan, points, rate, read, seen, sheet

SECRET = "xylophone"


def test_who_has_still_to_rate_sees_nobodys_ratings(story: Story) -> None:
    ann = story.submitted("Ann")
    interview = plan(story, ann, "bob", "dana")
    rate(story, interview, "bob", 2, note=SECRET)
    mine = sheet(story, interview, "dana")
    assert (mine.others, mine.own, mine.sight.owes) == ((), (), True)
    with pytest.raises(RefusedError, match="own ratings first"):
        read(story, ann, "dana")
    rate(story, interview, "dana", 5)
    assert sheet(story, interview, "dana").others == ()
    read(story, ann, "dana")
    assert {(each.rater, each.rating, each.note) for each in sheet(story, interview, "dana").others} == {
        ("Bob", 2, SECRET)
    }
    assert SECRET not in repr(sheet(story, interview, "bob").others)


def test_a_recruiter_who_does_not_interview_reads_them_once_somebody_rated(story: Story) -> None:
    ann = story.submitted("Ann")
    interview = plan(story, ann, "bob", "dana")
    with pytest.raises(RefusedError, match="Nobody else has rated"):
        read(story, ann, "alice")
    rate(story, interview, "bob", 2)
    assert seen(story, ann).ratings == ()
    assert seen(story, ann).sight.can_ask
    read(story, ann, "alice")
    read(story, ann, "alice", hours=5)
    assert {each.rating for each in seen(story, ann).ratings} == {2}
    assert len(rows(story.database, "ratings_read")) == 1
    assert seen(story, ann, "bob").ratings == ()


def test_a_recruiter_who_is_named_later_loses_sight_and_is_marked_when_they_rate(story: Story) -> None:
    ann = story.submitted("Ann")
    first = plan(story, ann, "bob")
    rate(story, first, "bob", 2)
    read(story, ann, "alice")
    second = plan(story, ann, "alice", "dana")
    found = seen(story, ann)
    assert (found.ratings, found.owed) == ((), second)
    rate(story, second, "alice", 3, hours=5)
    rate(story, second, "dana", 4, hours=5)
    marks = {(each.rater, each.blind) for each in seen(story, ann).ratings}
    assert marks == {("Bob", True), ("Alice", False), ("Dana", True)}


def test_earlier_ratings_are_closed_to_whoever_is_named_for_the_next_interview(story: Story) -> None:
    ann = story.submitted("Ann")
    first = plan(story, ann, "bob", "dana")
    rate(story, first, "bob", 2)
    rate(story, first, "dana", 3)
    read(story, ann, "bob")
    plan(story, ann, "bob")
    assert sheet(story, first, "bob").others == ()
    with pytest.raises(RefusedError):
        read(story, ann, "bob")


def test_a_change_is_a_row_and_counts_as_blind_only_before_reading(story: Story) -> None:
    ann = story.submitted("Ann")
    interview = plan(story, ann, "bob", "dana")
    assert rate(story, interview, "bob", 2) == len(COMPETENCIES)
    assert rate(story, interview, "bob", 3, 2, hours=3.5) == 1
    rate(story, interview, "dana", 5)
    read(story, ann, "bob")
    assert rate(story, interview, "bob", 4, 2, hours=5) == 1
    assert rate(story, interview, "bob", 4, 2, hours=6) == 0
    kept = [
        (each.number, each.rating, each.blind)
        for each in sheet(story, interview, "bob").own
        if each.competency == COMPETENCIES[0]
    ]
    assert kept == [(1, 2, True), (2, 3, True), (3, 4, False)]


def test_a_sheet_is_whole_or_refused(story: Story) -> None:
    ann = story.submitted("Ann")
    interview = plan(story, ann, "bob")
    for given, field in (
        (points(4)[1:], COMPETENCIES[0]),
        ([GivenRating(COMPETENCIES[0], 6), *points(4)[1:]], COMPETENCIES[0]),
        ([*points(4)[:-1], GivenRating(COMPETENCIES[-1], 2, "x" * (NOTE_AT_MOST + 1))], COMPETENCIES[-1]),
        (points(None), COMPETENCIES[0]),
    ):
        with pytest.raises(InvalidInputError) as refused:
            record_ratings(story.database, story.bob, interview, given, after(hours=3))
        assert refused.value.field == field
    stray = [*points(4, None), GivenRating("nothing of the bank", 4)]
    assert record_ratings(story.database, story.bob, interview, stray, after(hours=3)) == len(COMPETENCIES)


def test_only_who_is_named_and_still_has_a_part_rates(story: Story) -> None:
    ann = story.submitted("Ann")
    interview = plan(story, ann, "bob", "dana")
    for who in ("alice", "charlie"):
        with pytest.raises(NotFoundError):
            rate(story, interview, who, 4)
        with pytest.raises(NotFoundError):
            sheet(story, interview, who)
    with pytest.raises(NotFoundError):
        rate(story, "nothing", "bob", 4)
    with pytest.raises(NotFoundError):
        read(story, ann, "charlie")
    set_parts(story.database, story.opening, story.bob, [], after(hours=3))
    for use in (
        lambda: rate(story, interview, "bob", 4),
        lambda: sheet(story, interview, "bob"),
        lambda: read(story, ann, "bob"),
    ):
        with pytest.raises(NotFoundError):
            use()
    assert list_own_interviews(story.database, story.bob) == ()


def test_a_manager_who_does_not_interview_reaches_nothing(story: Story) -> None:
    ann = story.submitted("Ann")
    rate(story, plan(story, ann, "bob"), "bob", 4)
    for use in (lambda: read(story, ann, "dana"), lambda: seen(story, ann, "dana")):
        with pytest.raises(NotFoundError):
            use()


def test_the_order_of_the_questions_tells_nobody_what_they_may_not_see(story: Story) -> None:
    ann = story.submitted("Ann")
    let_interview(story, "charlie")
    interview = plan(story, ann, "bob", "charlie", "dana")
    for fields, known in (
        (None, {"bob"}),
        ({ReleaseField.OVERALL}, {"bob"}),
        ({ReleaseField.COMPETENCIES}, {"bob", "dana"}),
    ):
        if fields is not None:
            release_candidate(story.database, story.alice, ann.session_id, after(hours=2), fields=frozenset(fields))
        people = ("bob", "charlie", "dana")
        assert {who for who in people if sheet(story, interview, who).score is not None} == known


def test_rating_and_reading_at_once_never_gives_a_blind_rating_after_reading(story: Story) -> None:
    ann = story.submitted("Ann")
    first = plan(story, ann, "bob", "dana")
    rate(story, first, "dana", 2)
    rate(story, first, "bob", 3)

    def both(number: int) -> None:
        if number:
            rate(story, first, "bob", 5, hours=5)
        else:
            read(story, ann, "bob", hours=5)

    assert at_once(2, both) == [None, None]
    changed = [each for each in sheet(story, first, "bob").own if each.number == 2]
    assert len(changed) == len(COMPETENCIES)
    assert len({each.blind for each in changed}) == 1
