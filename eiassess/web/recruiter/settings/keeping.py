"""What an opening's settings say of what will be deleted by itself."""

from collections.abc import Iterator

from eiassess.services.upkeep.foretelling import Foretold
from eiassess.web.recruiter.deciding.presenters import people
from eiassess.web.shell.moments import full_day


def foretold_in_words(found: Foretold) -> tuple[str, ...]:
    """Say how many are stored, when the next are deleted, and who is held; nothing is said of nobody."""
    return tuple(_sentences(found))


def _sentences(found: Foretold) -> Iterator[str]:
    if not found.n_kept:
        yield "Nobody's data are stored yet."
        return
    following = []
    if found.n_due:
        following.append(f"{people(found.n_due)} within the hour")
    if found.next_at:
        following.append(f"{people(found.n_next)} on {full_day(found.next_at)}")
    if following:
        yield (
            f"Stored now: {people(found.n_kept)}. The next to be deleted by themselves: {', then '.join(following)}. "
            f"Within 30 days: {people(found.n_soon)}."
        )
    else:
        yield f"Stored now: {people(found.n_kept)}."
    if found.n_held:
        yield f"Held by a duty to keep records, and deleted when it ends: {people(found.n_held)}."
