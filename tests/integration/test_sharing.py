"""Links to released candidates: whom they open for; visits; and what the candidate learns of it."""

import pytest

from eiassess.domain.erasures import ErasedBy, ErasureReason
from eiassess.domain.openings import MemberPart
from eiassess.domain.releases import ReleaseField
from eiassess.domain.roles import Role
from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.persistence.tables import AssessmentSessionRecord
from eiassess.services.hiring.openings import assign_member
from eiassess.services.hiring.releases import release_candidate, withdraw_release
from eiassess.services.links import LinkClosedError, LinkMaker
from eiassess.services.own_page.own_data import get_own_data
from eiassess.services.people.accounts import change_roles
from eiassess.services.sharing.links import list_links, make_link, revoke_link
from eiassess.services.sharing.reading import find_shared, get_shared_basis, get_shared_list, record_view
from eiassess.services.sharing.visits import find_visit_before, record_visit
from eiassess.services.upkeep.erasure import erase_candidate
from tests.hiring_story import LINKS, NOON, Story, after, everything_stored, rows

OVERALL = frozenset({ReleaseField.OVERALL})


def shared(story: Story, *sessions: str, given_to: str = "", days: int = 14) -> tuple[str, str]:
    """Release with the overall score alone, and return a link's id and token."""
    for session_id in sessions:
        release_candidate(story.database, story.alice, session_id, NOON, OVERALL)
    before = {each["id"] for each in rows(story.database, "share_link")}
    make_link(story.database, LINKS, story.alice, story.opening, sessions, NOON, days=days, given_to=given_to)
    (link,) = {each["id"] for each in rows(story.database, "share_link")} - before
    (listed,) = [
        each for each in list_links(story.database, LINKS, story.alice, story.opening, NOON) if each.id == link
    ]
    return link, listed.url.rsplit("/", 1)[1]


def test_a_link_leads_a_manager_to_those_who_are_released_still(story: Story) -> None:
    casey, robin, sam = (story.submitted(name) for name in ("Casey", "Robin", "Sam"))
    release_candidate(story.database, story.alice, sam.session_id, NOON)
    link, token = shared(story, casey.session_id, robin.session_id)
    assert find_shared(story.database, story.dana, f"{token}.", after(days=1)) == link
    found = get_shared_list(story.database, story.dana, link, after(days=1))
    assert [each.name for each in found.opening.candidates] == ["Casey", "Robin"]
    basis = get_shared_basis(story.database, story.dana, link, casey.session_id, after(days=1))
    assert (basis.candidate, basis.fields) == ("Casey", OVERALL)
    assert basis.score.overall
    assert not basis.score.competencies
    withdraw_release(story.database, story.alice, casey.session_id, after(days=1))
    found = get_shared_list(story.database, story.dana, link, after(days=1))
    assert [each.name for each in found.opening.candidates] == ["Robin"]
    for session_id in (casey.session_id, sam.session_id, "nobody"):
        with pytest.raises(NotFoundError, match="no such report"):
            get_shared_basis(story.database, story.dana, link, session_id, after(days=1))


def test_only_the_digest_of_a_token_is_stored(story: Story) -> None:
    _, token = shared(story, story.submitted().session_id)
    assert token not in everything_stored(story.database)


def test_expired_revoked_foreign_and_unknown_links_look_the_same(story: Story) -> None:
    casey = story.submitted()
    link, token = shared(story, casey.session_id, days=2)
    closed = [
        (story.dana, token, after(days=2)), (story.alice, token, NOON), (story.charlie, token, NOON),
        (story.dana, "never was", NOON), (story.dana, "", NOON),
    ]  # fmt: skip
    for who, text, now in closed:
        with pytest.raises(LinkClosedError):
            find_shared(story.database, who, text, now)
    assert find_shared(story.database, story.dana, token, after(days=1)) == link
    revoke_link(story.database, story.bob, story.opening, link, after(hours=2))
    revoke_link(story.database, story.bob, story.opening, link, after(hours=3))
    for act in (
        lambda: find_shared(story.database, story.dana, token, after(hours=4)),
        lambda: get_shared_list(story.database, story.dana, link, after(hours=4)),
        lambda: get_shared_basis(story.database, story.dana, link, casey.session_id, after(hours=4)),
    ):
        with pytest.raises(LinkClosedError):
            act()
    (listed,) = list_links(story.database, LINKS, story.alice, story.opening, after(hours=4))
    assert (listed.url, listed.is_open, listed.revoked_at) == ("", False, after(hours=2))


def test_a_link_that_was_given_to_somebody_opens_for_nobody_else(story: Story) -> None:
    casey = story.submitted()
    link, token = shared(story, casey.session_id, given_to=" Charlie@example.org ")
    assert find_shared(story.database, story.charlie, token, NOON) == link
    with pytest.raises(LinkClosedError):
        find_shared(story.database, story.dana, token, NOON)
    (listed,) = list_links(story.database, LINKS, story.alice, story.opening, NOON)
    assert (listed.given_to, listed.n_candidates, listed.opened_by) == ("Charlie", 1, ())


def test_who_is_no_manager_any_more_opens_nothing(story: Story) -> None:
    _, token = shared(story, story.submitted().session_id)
    change_roles(story.database, "dana@example.org", give=[Role.ANALYST], take=[Role.MANAGER])
    with pytest.raises(LinkClosedError):
        find_shared(story.database, story.dana, token, NOON)


def test_what_a_link_cannot_be_made_of(story: Story) -> None:
    casey, robin = story.submitted("Casey"), story.submitted("Robin")
    release_candidate(story.database, story.alice, casey.session_id, NOON)

    def make(who: str, session: str, **what: object) -> int:
        return make_link(story.database, LINKS, who, story.opening, [session], NOON, **what)  # type: ignore[arg-type]

    for days in (0, 91):
        with pytest.raises(InvalidInputError, match="1 to 90 days"):
            make(story.alice, casey.session_id, days=days)
    with pytest.raises(InvalidInputError, match="release them first"):
        make(story.alice, robin.session_id)
    with pytest.raises(InvalidInputError, match="can sign in here"):
        make(story.alice, casey.session_id, given_to="nobody@example.org")
    assign_member(story.database, story.opening, "charlie@example.org", [MemberPart.ADJUSTMENTS])
    with pytest.raises(InvalidInputError, match="contact for adjustments"):
        make(story.alice, casey.session_id, given_to="charlie@example.org")
    for who in (story.charlie, story.dana):
        with pytest.raises(NotFoundError):
            make(who, casey.session_id)
    assert rows(story.database, "share_link") == []


def test_links_of_other_openings_are_neither_listed_nor_revoked(story: Story) -> None:
    link, _ = shared(story, story.submitted().session_id)
    assert list_links(story.database, LINKS, story.charlie, story.other_opening, NOON) == ()
    with pytest.raises(NotFoundError):
        list_links(story.database, LINKS, story.charlie, story.opening, NOON)
    with pytest.raises(NotFoundError):
        revoke_link(story.database, story.charlie, story.opening, link, NOON)
    for name in (link, "nothing"):
        with pytest.raises(NotFoundError, match="no such link"):
            revoke_link(story.database, story.charlie, story.other_opening, name, NOON)


def test_with_another_secret_a_link_is_not_shown_again(story: Story) -> None:
    shared(story, story.submitted().session_id)
    other = LinkMaker("another secret, long enough to be one", "https://hiring.example.org")
    (listed,) = list_links(story.database, other, story.alice, story.opening, NOON)
    assert (listed.url, listed.is_open) == ("", True)


def test_a_candidate_learns_what_was_shown_to_whom_and_when(story: Story) -> None:
    casey = story.submitted()
    assert get_own_data(story.database, casey.invitation_id).released_to == ()
    link, _ = shared(story, casey.session_id, given_to="charlie@example.org")
    for now in (after(hours=2), after(hours=3), after(days=2)):
        record_view(story.database, story.charlie, link, casey.session_id, now)
    withdraw_release(story.database, story.alice, casey.session_id, after(days=3))
    data = get_own_data(story.database, casey.invitation_id)
    assert data.released_to == ("Charlie", "Dana")
    assert [(each.at, each.fields) for each in data.releases] == [(NOON, ("overall",)), (after(days=3), ())]
    assert [(each.at, each.by) for each in data.shared_views] == [
        (after(hours=2), "Charlie"),
        (after(days=2), "Charlie"),
    ]
    (listed,) = list_links(story.database, LINKS, story.alice, story.opening, NOON)
    assert listed.opened_by == ("Charlie",)


def test_erasing_takes_releases_and_looks_along(story: Story) -> None:
    casey = story.submitted()
    link, _ = shared(story, casey.session_id)
    record_view(story.database, story.dana, link, casey.session_id, NOON)
    with story.database.writing() as db:
        session = db.get_one(AssessmentSessionRecord, casey.session_id)
        erase_candidate(db, session, ErasedBy.CANDIDATE, ErasureReason.ASKED, after(hours=2))
    for table in ("release", "shared_candidate", "shared_view"):
        assert rows(story.database, table) == []
    assert get_shared_list(story.database, story.dana, link, NOON).opening.candidates == ()


def test_a_visit_lasts_until_half_an_hour_without_a_look(story: Story) -> None:
    def look(now) -> object:  # type: ignore[no-untyped-def]  # noqa: ANN001
        before = find_visit_before(story.database, story.dana, now)
        record_visit(story.database, story.dana, now)
        return before

    assert look(NOON) is None
    assert look(after(minutes=20)) is None
    assert look(after(minutes=49)) is None
    assert look(after(hours=3)) == after(minutes=49)
    assert look(after(hours=3, minutes=5)) == after(minutes=49)
