import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters

from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.services import Database
from eiassess.services.people.accounts import (
    Account,
    Role,
    add_user,
    change_roles,
    find_account,
    find_user_record,
    set_password,
    store_user_record,
)
from tests.hiring_story import NOON, PASSWORD, Story, at_once, rows

ALICE = "alice@example.org"


def stored(database: Database) -> dict[str, str]:
    (row,) = (row for row in rows(database, "user_account") if row["email"] == ALICE)
    return row


def test_passwords_are_hashed_as_asvs_asks(database: Database) -> None:
    add_user(database, ALICE, "Alice", Role.RECRUITER, PASSWORD, NOON)
    hashed = stored(database)["password"]
    parameters = extract_parameters(hashed)
    assert parameters.type.name == "ID"
    assert parameters.memory_cost >= 64 * 1024
    assert parameters.time_cost >= 3
    assert PasswordHasher().verify(hashed, PASSWORD)


def test_an_account_is_found_by_its_address_however_written(story: Story) -> None:
    account = find_account(story.database, " ALICE@example.ORG ")
    assert account == Account(story.alice, ALICE, "Alice", frozenset({Role.RECRUITER}))
    assert find_account(story.database, "nobody@example.org") is None


def test_an_address_has_one_account(story: Story) -> None:
    with pytest.raises(InvalidInputError, match=f"already an account for {ALICE}"):
        add_user(story.database, "Alice@Example.org", "Other", Role.MANAGER, PASSWORD, NOON)


@pytest.mark.usefixtures("quick_passwords")
def test_an_address_has_one_account_also_when_added_at_once(database: Database) -> None:
    results = at_once(4, lambda n: add_user(database, ALICE, f"Alice {n}", Role.RECRUITER, PASSWORD, NOON))
    assert len([result for result in results if isinstance(result, Account)]) == 1
    assert len([result for result in results if isinstance(result, InvalidInputError)]) == 3


@pytest.mark.parametrize("password", ["", "x" * 11])
def test_short_passwords_are_refused_at_first_and_later(story: Story, password: str) -> None:
    with pytest.raises(InvalidInputError, match="at least 12 characters"):
        add_user(story.database, "erin@example.org", "Erin", Role.RECRUITER, password, NOON)
    before = stored(story.database)
    with pytest.raises(InvalidInputError, match="at least 12 characters"):
        set_password(story.database, ALICE, password)
    assert stored(story.database) == before


def test_a_password_is_the_same_however_its_letters_are_composed(story: Story) -> None:
    """Sign-in normalises what was typed to NFKD; a keyboard may give either form."""
    password = "Größe ändert sich"
    for form in ("NFC", "NFD"):
        set_password(story.database, ALICE, unicodedata.normalize(form, password))
        assert PasswordHasher().verify(stored(story.database)["password"], unicodedata.normalize("NFKD", password))


def test_a_new_password_ends_the_sessions_of_the_old_one(story: Story) -> None:
    before = stored(story.database)
    set_password(story.database, ALICE, "another long password")
    now = stored(story.database)
    assert before["fs_uniquifier"] != now["fs_uniquifier"]
    assert PasswordHasher().verify(now["password"], "another long password")
    with pytest.raises(NotFoundError, match="no account for nobody"):
        set_password(story.database, "nobody@example.org", PASSWORD)


def test_the_record_for_sign_in_is_found_by_any_column(story: Story) -> None:
    found = find_user_record(story.database, email=" Alice@example.org")
    assert found is not None
    assert (found.id, found.active, found.held_roles) == (story.alice, True, {Role.RECRUITER})
    again = find_user_record(story.database, fs_uniquifier=found.fs_uniquifier)
    assert again is not None
    assert again.id == found.id
    assert find_user_record(story.database, email="nobody@example.org") is None


def test_a_changed_record_is_stored(story: Story) -> None:
    found = find_user_record(story.database, email=ALICE)
    assert found is not None
    found.name = "Alice A."
    store_user_record(story.database, found)
    account = find_account(story.database, ALICE)
    assert account is not None
    assert account.name == "Alice A."


def test_storing_a_record_takes_back_no_change_made_meanwhile(story: Story) -> None:
    """Sign-in hashes a password again while somebody else renames the person and ends all sessions."""
    found = find_user_record(story.database, email=ALICE)
    assert found is not None
    before = found.fs_uniquifier
    set_password(story.database, ALICE, "another long password")
    found.name = "Alice A."
    store_user_record(story.database, found)
    assert stored(story.database)["fs_uniquifier"] != before
    assert PasswordHasher().verify(stored(story.database)["password"], "another long password")
    assert stored(story.database)["name"] == "Alice A."


def test_a_person_has_several_roles_and_they_change(story: Story) -> None:
    both = add_user(story.database, "erin@example.org", "Erin", Role.RECRUITER, PASSWORD, NOON, also=[Role.ANALYST])
    assert both.roles == {Role.RECRUITER, Role.ANALYST}
    found = find_account(story.database, "erin@example.org")
    assert found == both
    changed = change_roles(
        story.database, " ERIN@example.org", give=[Role.MANAGER, Role.ANALYST], take=[Role.RECRUITER]
    )
    assert changed.roles == {Role.MANAGER, Role.ANALYST}
    user = find_user_record(story.database, id=both.id)
    assert user
    assert user.held_roles == {Role.MANAGER, Role.ANALYST}


def test_nobody_is_left_without_a_role(story: Story) -> None:
    with pytest.raises(RefusedError, match="no role left"):
        change_roles(story.database, ALICE, take=[Role.RECRUITER])
    with pytest.raises(NotFoundError, match=r"no account for nobody@example\.org"):
        change_roles(story.database, "nobody@example.org", give=[Role.MANAGER])
    account = find_account(story.database, ALICE)
    assert account
    assert account.roles == {Role.RECRUITER}
