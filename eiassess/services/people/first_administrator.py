"""The first administrator: a link from the terminal, since nobody is there yet who could invite."""

from datetime import datetime, timedelta

from eiassess.errors import RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import StaffInvitationRecord
from eiassess.services.links import FreshLink, LinkMaker, LinkPurpose
from eiassess.services.people.accounts import administrators
from eiassess.services.people.joining import forget_first_links

VALID = timedelta(hours=1)


def invite_first_administrator(database: Database, links: LinkMaker, now: datetime) -> FreshLink:
    """Make a link to become the first administrator, valid for an hour, once; an earlier one is closed.

    Raises
    ------
    RefusedError
        There is an administrator, who can invite others.
    """
    fresh = links.fresh_for(LinkPurpose.STAFF, now, VALID)
    with database.writing() as db:
        if administrators(db):
            message = "There is an administrator already, who invites others under People"
            raise RefusedError(message)
        forget_first_links(db)
        row = StaffInvitationRecord(
            id=fresh.row_id, token_hash=fresh.token_hash, created_at=now, expires_at=fresh.expires_at
        )
        db.add(row)
    return fresh
