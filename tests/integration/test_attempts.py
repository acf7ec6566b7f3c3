from datetime import timedelta

from eiassess.services import Database
from eiassess.services.people.guess_limits import count_attempt
from tests.hiring_story import NOON, after, at_once, rows

WINDOW = timedelta(minutes=15)
SECRET = "a secret of the installation"


def test_tries_of_one_person_at_one_thing_in_one_window_are_counted(database: Database) -> None:
    def count(what: str = "sign-in", who: str = "10.0.0.1", minutes: float = 0) -> int:
        return count_attempt(database, SECRET, what, who, WINDOW, after(minutes=minutes))

    assert [count(), count(), count()] == [1, 2, 3]
    assert count(who="10.0.0.2") == 1
    assert count(what="link") == 1
    assert count(minutes=14) == 4
    assert count(minutes=15) == 1


def test_the_count_is_shared_by_all_processes(database: Database) -> None:
    other = Database(database.url)
    assert count_attempt(database, SECRET, "sign-in", "alice", WINDOW, NOON) == 1
    assert count_attempt(other, SECRET, "sign-in", "alice", WINDOW, NOON) == 2
    other.close()


def test_none_of_many_tries_at_once_is_missed(database: Database) -> None:
    counts = at_once(10, lambda _: count_attempt(database, SECRET, "sign-in", "alice", WINDOW, NOON))
    assert sorted(counts, key=str) == sorted(range(1, 11), key=str)


def test_no_address_is_stored_and_old_counts_go(database: Database) -> None:
    count_attempt(database, SECRET, "sign-in", "alice@example.org", WINDOW, NOON)
    (row,) = rows(database, "attempt")
    assert "alice" not in str(row)
    assert len(row["bucket"]) == 64
    count_attempt(database, "another secret", "sign-in", "alice@example.org", WINDOW, NOON)
    assert len({each["bucket"] for each in rows(database, "attempt")}) == 2
    count_attempt(database, SECRET, "sign-in", "bob@example.org", WINDOW, after(hours=1))
    assert len(rows(database, "attempt")) == 1
