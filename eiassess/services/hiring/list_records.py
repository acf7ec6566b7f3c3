"""Lists that wait, as rows and back: with what is known now of the people in them."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, delete, select

from eiassess.errors import NotFoundError
from eiassess.people_lists.cells import sheets_from_json
from eiassess.people_lists.columns import Chosen, Field
from eiassess.people_lists.places import ListSaid, summed
from eiassess.people_lists.reading import ColumnShown, PeopleList, read_people
from eiassess.persistence.tables import InvitationListRecord, InvitationListRowRecord, OpeningRecord
from eiassess.services.hiring.known_addresses import Known, invited_here, sat_lately
from eiassess.services.hiring.list_rows import ListRow, said_as_json, said_from_json
from eiassess.services.hiring.openings import require_member
from eiassess.services.people.addresses import email_key

AT_ONCE = 500
FORGOTTEN_SOURCE = "a list"
"""What a list is called whose file was named after somebody who was erased."""
_NOT_INTERNATIONAL = (
    "has other letters than a to z before the @, and the mail server takes no such address (it does not speak "
    "SMTPUTF8); ask for another address"
)


@dataclass(frozen=True)
class ShownRow:
    """A row of a list as it stands now.

    Parameters
    ----------
    position
        Its place in the list, from 0.
    problems
        Why nobody is invited from it.
    sat
        That the person sat the same form lately: they are invited only if somebody says so.
    """

    position: int
    sheet: str
    row: int
    name: str
    email: str
    phone: str
    problems: tuple[ListSaid, ...] = ()
    sat: tuple[ListSaid, ...] = ()
    notes: tuple[ListSaid, ...] = ()


@dataclass(frozen=True)
class InvitationList:
    """A list that waits, or was confirmed.

    Parameters
    ----------
    source
        The file's name, or that it was pasted.
    notes
        What is said of it that keeps nobody from being invited, each once.
    unread
        Why no columns could be told; then there are no rows yet.
    """

    id: str
    opening_id: str
    opening_title: str
    source: str
    created_at: datetime
    ends_at: datetime
    confirmed_at: datetime | None
    n_invited: int
    rows: tuple[ShownRow, ...]
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    columns: tuple[ColumnShown, ...] = ()
    unused: tuple[str, ...] = ()
    chosen: Chosen = field(default_factory=dict)

    @property
    def has_international(self) -> bool:
        """Whether an address has letters of other scripts before the @, which not every mail server takes."""
        return not all(map(is_ascii_mailbox, (row.email for row in self.rows if not row.problems)))

    @property
    def good(self) -> tuple[ShownRow, ...]:
        """Rows whose people are invited on confirming."""
        return tuple(row for row in self.rows if not row.problems and not row.sat)

    @property
    def sat(self) -> tuple[ShownRow, ...]:
        """Rows of people who sat the same form lately, and are invited only if somebody says so."""
        return tuple(row for row in self.rows if row.sat and not row.problems)

    @property
    def refused(self) -> tuple[ShownRow, ...]:
        """Rows that nobody is invited from."""
        return tuple(row for row in self.rows if row.problems)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the refused rows: the same in many rows is said once."""
        return summed(said for row in self.refused for said in row.problems)

    @property
    def practised(self) -> tuple[str, ...]:
        """Who sat the same form lately, and where."""
        return summed(said for row in self.sat for said in row.sat)


def is_ascii_mailbox(email: str) -> bool:
    """Tell whether what stands before the @ can be sent by every mail server."""
    return email.rpartition("@")[0].isascii()


def find_list(
    db: Session, list_id: str, user_id: str | None, now: datetime, *, lock: bool = False
) -> tuple[InvitationListRecord, OpeningRecord]:
    """Return a list with its opening, locked if it will be changed.

    Raises
    ------
    NotFoundError
        There is no such list, or it is not theirs, or its time is over: these look the same.
    """
    record = db.get(InvitationListRecord, list_id, with_for_update=True if lock else None)
    if record is None or record.ends_at <= now:
        message = "There is no such list; lists are kept for seven days"
        raise NotFoundError(message)
    return record, opening_of(db, record.opening_id, user_id)


def opening_of(db: Session, opening_id: str, user_id: str | None) -> OpeningRecord:
    """Return an opening that somebody works on, or any for whoever runs the installation.

    Raises
    ------
    NotFoundError
        There is none, or it is not theirs.
    """
    if user_id is not None:
        return require_member(db, opening_id, user_id)
    opening = db.get(OpeningRecord, opening_id)
    if opening is None:
        message = f"There is no opening {opening_id!r}"
        raise NotFoundError(message)
    return opening


def store_rows(db: Session, list_id: str, rows: Sequence[ListRow]) -> None:
    """Keep the rows of a list."""
    db.flush()
    values = [
        {
            "list_id": list_id,
            "position": position,
            "sheet": each.sheet,
            "row": each.row,
            "name": each.name,
            "email": each.email,
            "email_key": each.key,
            "phone": each.phone,
            "problems": said_as_json(each.problems),
            "notes": said_as_json(each.notes),
        }
        for position, each in enumerate(rows)
    ]
    if values:
        db.connection().execute(insert(InvitationListRowRecord), values)


def delete_rows(db: Session, list_id: str, positions: Collection[int] | None = None) -> None:
    """Delete some rows of a list, or all."""
    row = InvitationListRowRecord
    if positions is None:
        db.exec(delete(row).where(col(row.list_id) == list_id))
        return
    listed = sorted(positions)
    for start in range(0, len(listed), AT_ONCE):
        part = listed[start : start + AT_ONCE]
        db.exec(delete(row).where(col(row.list_id) == list_id, col(row.position).in_(part)))


def delete_lists(db: Session, list_ids: Sequence[str]) -> None:
    """Delete lists with their rows."""
    for list_id in list_ids:
        delete_rows(db, list_id)
        db.exec(delete(InvitationListRecord).where(col(InvitationListRecord.id) == list_id))


def delete_ended_lists(db: Session, now: datetime) -> None:
    """Delete lists whose time is over."""
    ended = select(InvitationListRecord.id).where(InvitationListRecord.ends_at <= now)
    delete_lists(db, db.exec(ended).all())


def forget_in_lists(db: Session, opening_id: str, name: str, email: str) -> None:
    """Take somebody out of the lists that were made for an opening, and out of what was read for these.

    By their address, however it is written, and by name in a row whose address is none.
    """
    record, row = InvitationListRecord, InvitationListRowRecord
    for waiting in db.exec(select(record).where(record.opening_id == opening_id)).all():
        found = [each for each in db.exec(select(row).where(row.list_id == waiting.id)) if _is_of(each, name, email)]
        for each in found:
            db.delete(each)
        if found or _names(waiting.cells, name, email):
            waiting.cells = ""
        if _names(waiting.source, name, email) or name in waiting.source:
            waiting.source = FORGOTTEN_SOURCE
    db.flush()


def _is_of(row: InvitationListRowRecord, name: str, email: str) -> bool:
    """Whether a row is somebody's: by the address, or where the row has none that can be used, by what it says."""
    if row.email_key:
        return row.email_key == email_key(email)
    return email.casefold() in row.email.casefold() or " ".join(row.name.split()).casefold() == name.casefold()


def _names(text: str, name: str, email: str) -> bool:
    """Whether somebody's address is in a text, or a cell that is their name."""
    return email.casefold() in text.casefold() or json.dumps(name, ensure_ascii=False) in text


def show_list(
    db: Session,
    record: InvitationListRecord,
    opening: OpeningRecord,
    user_id: str | None,
    now: datetime,
    *,
    takes_international: bool,
) -> InvitationList:
    """Show a list as it stands now."""
    query = (
        select(InvitationListRowRecord)
        .where(InvitationListRowRecord.list_id == record.id)
        .order_by(col(InvitationListRowRecord.position))
    )
    kept = db.exec(query).all()
    chosen = {Field(name): column for name, column in json.loads(record.columns).items()}
    read = read_people(sheets_from_json(record.cells), chosen) if record.cells else PeopleList(())
    here = invited_here(db, opening.id, now)
    sat = sat_lately(db, opening, {each.email_key for each in kept} - {""}, user_id, now)
    return InvitationList(
        record.id,
        opening.id,
        opening.title,
        record.source,
        record.created_at,
        record.ends_at,
        record.confirmed_at,
        record.n_invited,
        tuple(_shown_row(each, here, sat, takes_international=takes_international) for each in kept),
        summed([*said_from_json(record.notes), *(note for each in kept for note in said_from_json(each.notes))]),
        tuple(map(str, read.unread)),
        read.columns,
        read.unused,
        chosen,
    )


def _shown_row(row: InvitationListRowRecord, here: Known, sat: Known, *, takes_international: bool) -> ShownRow:
    problems = said_from_json(row.problems)
    if not problems:
        problems = _known(row, here) or _international(row, takes_international=takes_international)
    notes, practised = said_from_json(row.notes), _known(row, sat, "; take the row out, or say that it counts")
    return ShownRow(row.position, row.sheet, row.row, row.name, row.email, row.phone, problems, practised, notes)


def _known(row: InvitationListRowRecord, known: Known, cure: str = "") -> tuple[ListSaid, ...]:
    if row.email_key not in known:
        return ()
    added, said = known[row.email_key]
    return (ListSaid(row.sheet, row.row, "", f"{row.email} ({added})", f"{said}{cure}"),)


def _international(row: InvitationListRowRecord, *, takes_international: bool) -> tuple[ListSaid, ...]:
    if takes_international or is_ascii_mailbox(row.email):
        return ()
    return (ListSaid(row.sheet, row.row, "", row.email, _NOT_INTERNATIONAL),)
