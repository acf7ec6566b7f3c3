"""The chain of the audit, by itself: what fits passes, and an end that was exchanged is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.chain import START, Head, chained, check_chain, key_of, sealed
from eiassess.domain.audit.entries import Actor, ActorKind, Deed, Entry, Target

KEY = key_of("a secret of this test")
NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


def three() -> tuple[list[Entry], Head]:
    grace = Actor(ActorKind.ACCOUNT, "0f" * 12)
    deeds = [Deed(NOON + timedelta(minutes=n), grace, Action.READ_AUDIT, Target()) for n in range(3)]
    return chained(KEY, sealed(KEY, 0, START), deeds)


def test_what_was_not_touched_fits() -> None:
    entries, head = three()
    assert list(check_chain(KEY, entries, head)) == []


def test_a_sealed_head_of_other_entries_does_not_fit() -> None:
    entries, _ = three()
    (found,) = check_chain(KEY, entries, sealed(KEY, 3, "0" * 64))
    assert (found.number, found.words) == (3, "is not the last entry that the head knows")


def test_a_changed_word_is_found_where_it_is() -> None:
    entries, head = three()
    entries[1] = replace(entries[1], action="audit.export")
    assert [each.number for each in check_chain(KEY, entries, head)][:1] == [2]
