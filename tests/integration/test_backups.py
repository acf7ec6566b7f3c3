"""Copies for safety: made while the database is used, deleted when their days are over, opened without the erased."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eiassess.errors import RefusedError, SetupError
from eiassess.persistence.copies import copy_database, suffix_of
from eiassess.persistence.migrations import downgrade_database, upgrade_database
from eiassess.services import Database
from eiassess.services.people.browser_sessions import store_web_session
from eiassess.services.people.resetting import ask_new_password
from eiassess.services.privacy.erasing import erase_by_staff
from eiassess.services.upkeep.backups import ERASED_FILE, BackupFolder, read_erased
from eiassess.services.upkeep.promises import Promises
from eiassess.services.upkeep.restoring import Place, restore
from tests.hiring_story import LINKS, NOON, Story, after, rows, tables

LATER = after(hours=3)
SECRET = "a secret for tests alone, long enough to be one"


@pytest.fixture
def folder(tmp_path: Path) -> BackupFolder:
    return BackupFolder(tmp_path / "backups", 30)


def put_back(story: Story, folder: BackupFolder, file: Path, *, replace: bool = True) -> int:
    """Restore into the story's own database, as an installation does."""
    story.database.close()
    return restore(Place(story.database.url, folder, lambda: SECRET), file, after(days=1), replace=replace)


def names(story: Story) -> list[str]:
    database = Database(story.database.url)
    found = sorted(row["name"] for row in rows(database, "candidate"))
    database.close()
    return found


def test_a_copy_holds_what_was_there_and_is_for_its_owner_only(story: Story, folder: BackupFolder) -> None:
    story.submitted("Casey")
    with story.database.reading():
        file = folder.make(story.database, LATER)
    story.begun("Robin")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [(each.path, each.made_at) for each in folder.list()] == [(file, LATER)]
    before = {table: len(rows(story.database, table)) for table in tables(story.database)}
    assert before["candidate"] == 2
    assert put_back(story, folder, file) == 0
    assert names(story) == ["Casey"]


def test_nobody_is_signed_in_after_a_copy_was_put_back(story: Story, folder: BackupFolder) -> None:
    """A session that was ended after the copy was made does not come to life again."""
    store_web_session(story.database, "token", "staff", "{}", LATER, is_new=True)
    ask_new_password(story.database, LINKS, "alice@example.org", LATER)
    before = {row["email"]: row["fs_uniquifier"] for row in rows(story.database, "user_account")}
    put_back(story, folder, folder.make(story.database, LATER))
    database = Database(story.database.url)
    assert (rows(database, "web_session"), rows(database, "password_reset")) == ([], [])
    after_it = {row["email"]: row["fs_uniquifier"] for row in rows(database, "user_account")}
    database.close()
    assert after_it.keys() == before.keys()
    assert not set(after_it.values()) & set(before.values())


def test_whoever_was_erased_since_is_erased_from_the_copy_before_it_is_opened(
    story: Story, folder: BackupFolder
) -> None:
    story.database.erased = folder.note
    casey, _, kim = story.submitted("Casey"), story.submitted("Robin"), story.submitted("Kim")
    file = folder.make(story.database, LATER)
    receipt = erase_by_staff(story.database, story.alice, casey.session_id, "1", "asked", LATER).receipt
    assert read_erased(folder.path) == {receipt}
    assert casey.session_id not in (folder.path / ERASED_FILE).read_text()
    assert put_back(story, folder, file) == 1
    assert names(story) == ["Kim", "Robin"]
    (folder.path / ERASED_FILE).unlink()
    erase_by_staff(story.database, story.alice, kim.session_id, "3", "asked", LATER)
    (folder.path / ERASED_FILE).unlink()
    assert put_back(story, folder, file) == 2, "by the receipts of the database that is there"
    assert names(story) == ["Robin"]


def test_a_lost_database_is_made_from_the_note_beside_the_copy(
    story: Story, folder: BackupFolder, empty_url: str
) -> None:
    if story.database.url.split(":")[0] != empty_url.split(":", maxsplit=1)[0]:
        return  # a copy opens in a database of its own kind, see below
    casey, _ = story.submitted("Casey"), story.submitted("Robin")
    file = folder.make(story.database, LATER)
    erase_by_staff(story.database, story.alice, casey.session_id, "1", "asked", LATER)
    folder.tidy(story.database, LATER)
    elsewhere = BackupFolder(Path("/nonexistent"), 30)
    assert restore(Place(empty_url, elsewhere, lambda: SECRET), file, LATER, replace=False) == 1
    other = Database(empty_url)
    assert [row["name"] for row in rows(other, "candidate")] == ["Robin"]
    assert "casey" not in str([rows(other, table) for table in tables(other)]).lower()
    other.close()


def test_copies_go_when_their_days_are_over_by_the_hourly_work(story: Story, folder: BackupFolder) -> None:
    old, new = folder.make(story.database, NOON), folder.make(story.database, after(days=20))
    (folder.path / "eiassess-notes.txt").write_text("ours to keep")
    Promises(backups=folder).keep(story.database, after(days=30) - timedelta(seconds=1))
    assert [each.path for each in folder.list()] == [new, old]
    Promises(backups=folder).keep(story.database, after(days=30))
    assert [each.path for each in folder.list()] == [new]
    assert (folder.path / "eiassess-notes.txt").exists()


def test_without_a_folder_nothing_is_noted_or_tidied(story: Story, folder: BackupFolder) -> None:
    story.database.erased = folder.note
    casey = story.submitted()
    erase_by_staff(story.database, story.alice, casey.session_id, "1", "asked", LATER)
    assert folder.tidy(story.database, LATER) == 0
    assert not folder.path.exists()


def test_a_note_that_cannot_be_written_is_written_by_the_hourly_work(story: Story, folder: BackupFolder) -> None:
    story.database.erased = folder.note
    casey = story.submitted()
    (folder.path / ERASED_FILE).mkdir(parents=True)
    receipt = erase_by_staff(story.database, story.alice, casey.session_id, "1", "asked", LATER).receipt
    (folder.path / ERASED_FILE).rmdir()
    folder.tidy(story.database, LATER)
    assert read_erased(folder.path) == {receipt}


@pytest.mark.parametrize("is_newer", [True, False])
def test_a_copy_of_an_older_schema_is_brought_up_to_date(story: Story, folder: BackupFolder, *, is_newer: bool) -> None:
    story.submitted("Casey")
    downgrade_database(story.database.url, "-1")
    file = folder_copy(story, folder)
    if is_newer:
        upgrade_database(story.database.url)
    assert put_back(story, folder, file) == 0
    assert names(story) == ["Casey"]


def folder_copy(story: Story, folder: BackupFolder) -> Path:
    """Copy a database whose schema has no receipts yet, as an older program did."""
    folder.path.mkdir()
    file = folder.path / f"eiassess-20261102T120000Z{suffix_of(story.database.url)}"
    copy_database(story.database.url, file)
    return file


def test_a_database_that_is_there_is_replaced_only_if_somebody_says_so(story: Story, folder: BackupFolder) -> None:
    file = folder.make(story.database, LATER)
    story.submitted("Casey")
    with pytest.raises(RefusedError, match="There is a database already"):
        put_back(story, folder, file, replace=False)
    assert names(story) == ["Casey"]


def test_a_broken_database_is_replaced_too_and_one_that_does_not_answer_is_not(
    story: Story, folder: BackupFolder, unused: int
) -> None:
    story.submitted("Casey")
    file = folder.make(story.database, LATER)
    if story.database.url.startswith("sqlite"):
        story.database.close()
        Path(story.database.url.removeprefix("sqlite:///")).write_bytes(b"no database at all" * 1000)
        with pytest.raises(RefusedError, match="There is a database already"):
            put_back(story, folder, file, replace=False)
        assert put_back(story, folder, file) == 0
        assert names(story) == ["Casey"]
        return
    away = Place(f"postgresql://alice@127.0.0.1:{unused}/x", folder, lambda: SECRET)
    with pytest.raises(SetupError, match="cannot be opened"):
        restore(away, file, LATER, replace=True)


def test_what_is_no_copy_changes_nothing(story: Story, folder: BackupFolder) -> None:
    file = folder.make(story.database, LATER)
    story.submitted("Casey")
    file.write_bytes(b"no database at all" * 100)
    with pytest.raises(SetupError, match=r"not a sound database|pg_restore failed"):
        put_back(story, folder, file)
    with pytest.raises(SetupError, match=r"There is no file|pg_restore failed"):
        put_back(story, folder, file.with_name(f"missing{file.suffix}"))
    other = file.with_suffix({".sqlite": ".dump", ".dump": ".sqlite"}[file.suffix])
    with pytest.raises(SetupError, match="its name has to end in"):
        put_back(story, folder, other)
    assert names(story) == ["Casey"]
    assert not list(folder.path.glob(".*"))


def test_a_missing_program_is_one_line(
    story: Story, folder: BackupFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if story.database.url.startswith("sqlite"):
        assert folder.make(story.database, datetime.now(UTC)).exists()
        return
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match="pg_dump is not on the PATH"):
        folder.make(story.database, LATER)
    assert folder.list() == ()
