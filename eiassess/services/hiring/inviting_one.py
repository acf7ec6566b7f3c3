"""Inviting one person by mail: the way of a list, for a list of one that somebody has typed."""

from datetime import datetime

from sqlmodel import Session

from eiassess.errors import RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import OpeningRecord
from eiassess.services.hiring.invitations import VALID_DAYS, IssuedInvitation, invite_one
from eiassess.services.hiring.inviting import Invitee, queue_invitations
from eiassess.services.hiring.known_addresses import sat_lately
from eiassess.services.hiring.list_records import opening_of
from eiassess.services.links import LinkMaker
from eiassess.services.people.accounts import checked_name
from eiassess.services.people.addresses import checked_email, email_key


class SatLatelyError(RefusedError):
    """The person sat the same form less than six months ago; they are invited if somebody says that it counts."""


def invite_by_mail(
    database: Database,
    links: LinkMaker,
    user_id: str | None,
    opening_id: str,
    person: Invitee,
    now: datetime,
    *,
    also_sat: bool = False,
    valid_days: int = VALID_DAYS,
) -> IssuedInvitation:
    """Invite somebody and ask for the mail with their link, both or neither.

    Parameters
    ----------
    user_id
        Who invites; ``None`` is whoever runs the installation.
    also_sat
        Whether they are invited although they sat the same form lately.

    Raises
    ------
    InvalidInputError
        The name or the address cannot be used.
    NotFoundError
        There is no such opening, or it is not theirs.
    SatLatelyError
        They sat the same form lately, in an opening that whoever invites may see.
    RefusedError
        They have an open link to this opening or have handed in.
    """
    person = Invitee(checked_name(person.name), checked_email(person.email))
    with database.writing() as db:
        opening = opening_of(db, opening_id, user_id)
        if not also_sat:
            _require_not_sat(db, opening, person, user_id, now)
        issued = invite_one(db, links, opening_id, person, now, valid_days=valid_days)
        queue_invitations(db, opening_id, (person,), (issued.session_id,), now)
        return issued


def _require_not_sat(db: Session, opening: OpeningRecord, person: Invitee, user_id: str | None, now: datetime) -> None:
    for added, said in sat_lately(db, opening, {email_key(person.email)}, user_id, now).values():
        message = f"{person.email} ({added}) {said}; if they are to be invited all the same, say so"
        raise SatLatelyError(message)
