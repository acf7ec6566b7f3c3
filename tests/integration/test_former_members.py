"""Who once had a part in an opening: kept when a part is taken, and found after an update in what they left there."""

from eiassess.domain.openings import MemberPart
from eiassess.persistence.migrations import downgrade_database, upgrade_database
from eiassess.persistence.tables import CandidateNoteRecord, OpeningMemberRecord, ShareLinkRecord, StageMoveRecord
from eiassess.services.hiring.opening_members import set_parts
from tests.hiring_story import NOON, Story, rows

BEFORE = "0026"


def former(story: Story) -> set[tuple[str, str]]:
    return {(each["opening_id"], each["user_id"]) for each in rows(story.database, "former_member")}


def test_every_part_that_is_taken_is_kept(story: Story) -> None:
    set_parts(story.database, story.opening, story.bob, [MemberPart.RECRUITS, MemberPart.INTERVIEWS], NOON)
    assert former(story) == set(), "nothing was taken"
    set_parts(story.database, story.opening, story.bob, [MemberPart.INTERVIEWS], NOON)
    assert former(story) == {(story.opening, story.bob)}
    set_parts(story.database, story.opening, story.bob, [], NOON)
    set_parts(story.database, story.opening, story.dana, [], NOON)
    assert former(story) == {(story.opening, story.bob), (story.opening, story.dana)}


def test_after_an_update_those_are_known_who_left_something_behind(story: Story) -> None:
    person = story.submitted()
    with story.database.writing() as db:
        of = {"session_id": person.session_id}
        db.add(CandidateNoteRecord(id="a", words="Called.", written_at=NOON, author_id=story.bob, **of))
        db.add(
            StageMoveRecord(
                id="a", number=1, stage="interview", person="", reason="", moved_by=story.alice, moved_at=NOON, **of
            )
        )
        db.add(
            ShareLinkRecord(
                id="a", opening_id=story.other_opening, token_hash="b", given_to=story.dana, created_at=NOON,
                created_by=story.charlie, expires_at=NOON,
            )
        )  # fmt: skip
    story.database.close()
    downgrade_database(story.database.url, BEFORE)
    upgrade_database(story.database.url)
    assert former(story) == {
        (story.opening, story.alice),
        (story.opening, story.bob),
        (story.other_opening, story.charlie),
        (story.other_opening, story.dana),
    }
    with story.database.reading() as db:
        assert db.get(OpeningMemberRecord, (story.opening, story.alice, MemberPart.RECRUITS.value)), "and have it still"
