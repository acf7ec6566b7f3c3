"""A list of people to invite as its page shows it."""

from dataclasses import dataclass

from eiassess.services.hiring.list_records import InvitationList, ShownRow
from eiassess.web.shell.moments import full_day

LINES_SHOWN = 50
ROWS_ON_A_PAGE = 50


@dataclass(frozen=True)
class ListPage:
    """What the page says of a list, and the rows of one page of it."""

    id: str
    opening_id: str
    opening_title: str
    source: str
    lead: str
    is_confirmed: bool
    n_good: int
    n_sat: int
    confirm_label: str
    also_label: str
    kept_until: str
    refused_title: str
    problems: tuple[str, ...]
    n_more_problems: int
    practised: tuple[str, ...]
    notes: tuple[str, ...]
    unused: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    rows_title: str
    has_phones: bool
    page: int
    n_pages: int

    @property
    def has_left(self) -> bool:
        """Whether there are rows to mend."""
        return bool(self.problems or self.practised)


def present_list(found: InvitationList, number: int) -> ListPage:
    """Show a list, with the rows of one page of those whose people are invited."""
    good, sat, refused = found.good, found.sat, found.refused
    n_pages = max(1, -(-len(good) // ROWS_ON_A_PAGE))
    page = min(max(number, 1), n_pages)
    rows = good[(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE]
    return ListPage(
        id=found.id,
        opening_id=found.opening_id,
        opening_title=found.opening_title,
        source=found.source,
        lead=_lead(found),
        is_confirmed=found.confirmed_at is not None,
        n_good=len(good),
        n_sat=len(sat),
        confirm_label=f"Invite {people(len(good))}" if good else f"Invite {people(len(sat))}",
        also_label=f"Also invite {people(len(sat))} who sat the same form less than six months ago",
        kept_until=full_day(found.ends_at),
        refused_title=f"{n_rows(len(refused))} refused",
        problems=found.problems[:LINES_SHOWN],
        n_more_problems=max(0, len(found.problems) - LINES_SHOWN),
        practised=found.practised[:LINES_SHOWN],
        notes=found.notes[:LINES_SHOWN],
        unused=found.unused,
        rows=rows,
        rows_title=f"{people(len(good))} to invite",
        has_phones=any(row.phone for row in good),
        page=page,
        n_pages=n_pages,
    )


def _lead(found: InvitationList) -> str:
    if found.confirmed_at is not None:
        return f"{people(found.n_invited)} invited on {full_day(found.confirmed_at)}. Each gets a mail with a link."
    counts = [f"{len(found.good):,} good", f"{len(found.refused):,} refused"]
    if found.sat:
        counts.append(f"{len(found.sat):,} held back")
    return f"Nobody is invited yet. Of {n_rows(len(found.rows))}: {', '.join(counts)}."


def people(n: int) -> str:
    """Count people in words."""
    return "1 person" if n == 1 else f"{n:,} people"


def n_rows(n: int) -> str:
    """Count rows in words."""
    return "1 row" if n == 1 else f"{n:,} rows"
