"""Lists of people to invite: read, kept aside and shown, and invited once somebody confirms."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.errors import RefusedError
from eiassess.people_lists.cells import ListSheet, sheets_as_json, sheets_from_json
from eiassess.people_lists.columns import Chosen
from eiassess.people_lists.mending import RefusedRow, refused_workbook
from eiassess.people_lists.reading import read_people
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import InvitationListRecord
from eiassess.services.auditing.acting import note
from eiassess.services.content.pinning import get_pinned
from eiassess.services.content.versions import require_unchanged_versions
from eiassess.services.hiring.invitations import VALID_DAYS, locked_opening, require_open
from eiassess.services.hiring.inviting import Invitee, invite_all
from eiassess.services.hiring.list_records import (
    InvitationList,
    delete_lists,
    delete_rows,
    find_list,
    opening_of,
    show_list,
    store_rows,
)
from eiassess.services.hiring.list_rows import DOUBLED, judge_rows, said_as_json
from eiassess.services.hiring.openings import require_member
from eiassess.services.identifiers import new_id
from eiassess.services.links import LinkMaker

KEPT_FOR = timedelta(days=7)
SOURCE_AT_MOST = 200


def stage_list(
    database: Database,
    user_id: str | None,
    opening_id: str,
    sheets: tuple[ListSheet, ...],
    source: str,
    now: datetime,
    *,
    chosen: Chosen | None = None,
) -> str:
    """Read a list and keep it aside for seven days; nobody is invited yet. Return the list's id.

    Parameters
    ----------
    user_id
        Who does so; ``None`` is whoever runs the installation.
    sheets
        The list as ``people_lists.reading`` gives it.
    source
        The file's name, or that it was pasted.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    InvalidInputError
        A column was named that is nowhere.
    RefusedError
        The opening is closed.
    """
    found = read_people(sheets, chosen)
    rows = judge_rows(found.people)
    with database.writing() as db:
        require_open(opening_of(db, opening_id, user_id), now)
        record = InvitationListRecord(
            id=new_id(),
            opening_id=opening_id,
            made_by=user_id,
            source=source[:SOURCE_AT_MOST],
            cells=sheets_as_json(sheets),
            columns=json.dumps(chosen or {}),
            notes=said_as_json(found.notes),
            created_at=now,
            ends_at=now + KEPT_FOR,
        )
        db.add(record)
        store_rows(db, record.id, rows)
        note(db, Target(ObjectKind.LIST, record.id, len(rows)), Action.STAGE_LIST)
        return record.id


def choose_columns(database: Database, user_id: str | None, list_id: str, chosen: Chosen, now: datetime) -> None:
    """Read a list that waits anew, with columns that somebody has named.

    Raises
    ------
    NotFoundError
        There is no such list, or it is not theirs, or its time is over.
    InvalidInputError
        A column was named that is nowhere.
    RefusedError
        It was confirmed already.
    """
    with database.writing() as db:
        record, _ = find_list(db, list_id, user_id, now, lock=True)
        if not record.cells:
            message = "This list cannot be read anew; upload it again"
            raise RefusedError(message)
        found = read_people(sheets_from_json(record.cells), chosen)
        record.columns, record.notes = json.dumps(dict(chosen)), said_as_json(found.notes)
        delete_rows(db, list_id)
        store_rows(db, list_id, judge_rows(found.people))


def get_invitation_list(
    database: Database, user_id: str | None, list_id: str, now: datetime, *, takes_international: bool = True
) -> InvitationList:
    """Show a list as it stands now: whoever was invited since it was read is not invited again.

    Parameters
    ----------
    takes_international
        Whether the mail server takes addresses with letters of other scripts before the @.

    Raises
    ------
    NotFoundError
        There is no such list, or it is not theirs, or its time is over.
    """
    with database.reading() as db:
        record, opening = find_list(db, list_id, user_id, now)
        return show_list(db, record, opening, user_id, now, takes_international=takes_international)


def refused_file(shown: InvitationList) -> bytes:
    """Write the rows that nobody is invited from as a workbook, to mend them and upload it again.

    Where a whole row was refused (hidden, or with the address of another) the name is left out: all that it holds would
    pass as it is.
    """
    return refused_workbook(
        RefusedRow(
            row.sheet,
            row.row,
            row.name if all(said.column and said.said != DOUBLED for said in row.problems) else "",
            row.email,
            row.phone,
            "; ".join(map(str, (*row.problems, *row.sat))),
        )
        for row in shown.rows
        if row.problems or row.sat
    )


@dataclass(frozen=True)
class Confirmed:
    """How many were invited and how many rows were left; of a list that had been confirmed, how many were then."""

    n_invited: int
    n_left: int
    was_confirmed: bool = False


def confirm_list(
    database: Database,
    links: LinkMaker,
    user_id: str | None,
    list_id: str,
    now: datetime,
    *,
    also_sat: bool = False,
    takes_international: bool = True,
    valid_days: int = VALID_DAYS,
) -> Confirmed:
    """Invite the people of a list's good rows, all or none; a second time invites nobody.

    Parameters
    ----------
    also_sat
        Whether people are invited too who sat the same form lately.

    Raises
    ------
    NotFoundError
        There is no such list, or it is not theirs, or its time is over.
    RefusedError
        It has nobody to invite, the opening is closed, or another opening has given a version of the form to
        candidates with other content.
    """
    with database.writing() as db:
        record, _ = find_list(db, list_id, user_id, now, lock=True)
        opening = locked_opening(db, record.opening_id)
        shown = show_list(db, record, opening, user_id, now, takes_international=takes_international)
        if record.confirmed_at is not None:
            note(db, Target(ObjectKind.OPENING, opening.id, 0), Action.INVITE)
            return Confirmed(record.n_invited, len(shown.rows), was_confirmed=True)
        require_open(opening, now)
        taken = [row for row in shown.rows if not row.problems and (also_sat or not row.sat)]
        if not taken:
            message = "Nobody on this list can be invited; mend its rows and upload it again"
            raise RefusedError(message)
        require_unchanged_versions(db, get_pinned(db, opening.form_digest, opening.key_digest, opening.bank_digest))
        people = [Invitee(row.name, row.email) for row in taken]
        invite_all(db, links, opening, people, now, valid_days=valid_days)
        _finish(db, record, [row.position for row in taken], now)
        note(db, Target(ObjectKind.OPENING, opening.id, len(taken)), Action.INVITE)
        return Confirmed(len(taken), len(shown.rows) - len(taken))


def _finish(db: Session, record: InvitationListRecord, positions: Collection[int], now: datetime) -> None:
    """Keep only the rows that are left, so that they can be mended."""
    record.confirmed_at, record.n_invited, record.cells = now, len(positions), ""
    db.add(record)
    delete_rows(db, record.id, positions)


def discard_list(database: Database, user_id: str | None, list_id: str, now: datetime) -> str:
    """Throw a list away; whoever was invited from it stays so. Return the opening's id.

    Raises
    ------
    NotFoundError
        There is no such list, or it is not theirs, or its time is over.
    """
    with database.writing() as db:
        record, _ = find_list(db, list_id, user_id, now, lock=True)
        delete_lists(db, [record.id])
        note(db, Target(ObjectKind.LIST, list_id), Action.DISCARD_LIST)
        return record.opening_id


@dataclass(frozen=True)
class WaitingList:
    """A list that waits for somebody to confirm it."""

    id: str
    source: str
    created_at: datetime
    ends_at: datetime


def list_waiting(database: Database, user_id: str, opening_id: str, now: datetime) -> tuple[WaitingList, ...]:
    """List what waits to be confirmed in an opening, the newest first.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    """
    record = InvitationListRecord
    query = (
        select(record)
        .where(record.opening_id == opening_id, col(record.confirmed_at).is_(None), record.ends_at > now)
        .order_by(col(record.created_at).desc(), col(record.id))
    )
    with database.reading() as db:
        require_member(db, opening_id, user_id)
        return tuple(WaitingList(each.id, each.source, each.created_at, each.ends_at) for each in db.exec(query))
