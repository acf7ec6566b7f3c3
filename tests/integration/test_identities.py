"""Accounts and whom a provider of sign-in means by an identifier of its own."""

from collections.abc import Sequence

import pytest

from eiassess.domain.identities import ProvenIdentity
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.migrations import downgrade_database, upgrade_database
from eiassess.services.people.accounts import find_account, find_user_record
from eiassess.services.people.identities import find_account_of, give_identity, list_identities, take_identities
from tests.hiring_story import NOON, Story, at_once, rows

HERE, ELSEWHERE = "https://login.example.org", "https://other.example.org"
ALICE, BOB = "alice@example.org", "bob@example.org"


def who(story: Story, subject: str, address: str = "", *, links: bool = False, issuer: str = HERE) -> str | None:
    identity = ProvenIdentity(issuer, subject, address)
    return find_account_of(story.database, identity, NOON, links_by_address=links)


def subjects(story: Story, email: str) -> Sequence[str]:
    return [each.subject for each in list_identities(story.database, email)]


def test_an_identity_is_of_one_account(story: Story) -> None:
    give_identity(story.database, " Alice@Example.org", HERE, "1", NOON)
    give_identity(story.database, ALICE, HERE, "1", NOON)
    give_identity(story.database, ALICE, ELSEWHERE, "1", NOON)
    give_identity(story.database, BOB, HERE, "2", NOON)
    assert who(story, "1") == who(story, "1", issuer=ELSEWHERE) == story.alice
    assert who(story, "2") == story.people["bob"].id
    assert who(story, "3") is None
    assert list_identities(story.database, ALICE) == (ProvenIdentity(HERE, "1"), ProvenIdentity(ELSEWHERE, "1"))


def test_nobody_gets_what_is_taken(story: Story) -> None:
    give_identity(story.database, ALICE, HERE, "1", NOON)
    with pytest.raises(RefusedError, match=r"belongs to alice@example\.org; take it away there first"):
        give_identity(story.database, BOB, HERE, "1", NOON)
    with pytest.raises(RefusedError, match=r"alice@example\.org is somebody else at https://login\.example\.org"):
        give_identity(story.database, ALICE, HERE, "2", NOON)
    with pytest.raises(NotFoundError, match=r"no account for nobody@example\.org"):
        give_identity(story.database, "nobody@example.org", HERE, "2", NOON)
    assert (subjects(story, ALICE), subjects(story, BOB)) == (["1"], [])


@pytest.mark.parametrize("subject", ["", " ", "x" * 256, "a\nb", " a"])
def test_what_no_provider_gives_is_refused(story: Story, subject: str) -> None:
    with pytest.raises(InvalidInputError, match="1 to 255 characters"):
        give_identity(story.database, ALICE, HERE, subject, NOON)


def test_taking_identities_away_ends_sessions_of_that_account_only(story: Story) -> None:
    give_identity(story.database, ALICE, HERE, "1", NOON)
    give_identity(story.database, BOB, HERE, "2", NOON)
    before = {each: find_user_record(story.database, email=each) for each in (ALICE, BOB)}
    assert take_identities(story.database, ALICE) == 1
    after = {each: find_user_record(story.database, email=each) for each in (ALICE, BOB)}
    changed = [each for each in before if before[each].fs_uniquifier != after[each].fs_uniquifier]  # type: ignore[union-attr]
    assert changed == [ALICE]
    assert (who(story, "1"), who(story, "2")) == (None, story.people["bob"].id)
    assert take_identities(story.database, ALICE) == 0


def test_an_address_connects_only_where_it_may_and_is_nobodys(story: Story) -> None:
    assert who(story, "1", ALICE) is None
    assert who(story, "1", "", links=True) is None
    assert who(story, "1", "nobody@example.org", links=True) is None
    assert who(story, "1", "no address", links=True) is None
    assert rows(story.database, "user_identity") == []
    assert who(story, "1", "ALICE@example.org", links=True) == story.alice
    assert who(story, "2", ALICE, links=True) is None
    assert who(story, "1", BOB, links=True) == story.alice
    assert (subjects(story, ALICE), subjects(story, BOB)) == (["1"], [])


def test_of_many_with_one_address_one_is_connected(story: Story) -> None:
    found = at_once(4, lambda number: who(story, str(number), ALICE, links=True))
    assert sorted(found, key=str) == sorted([None, None, None, story.alice], key=str)
    assert len(subjects(story, ALICE)) == 1


def test_identities_come_with_their_migration_and_accounts_outlive_them(story: Story) -> None:
    give_identity(story.database, ALICE, HERE, "1", NOON)
    story.database.close()
    downgrade_database(story.database.url, "0028")
    upgrade_database(story.database.url)
    account = find_account(story.database, ALICE)
    assert account is not None
    assert account.id == story.alice
    assert subjects(story, ALICE) == []
    give_identity(story.database, ALICE, HERE, "2", NOON)
    assert who(story, "2") == story.alice
