"""A candidate has all of theirs erased, by a code that was mailed to them."""

from datetime import datetime

from eiassess.domain.erasures import ErasedBy, Erasure, ErasureReason, Hold
from eiassess.domain.requests import CodePurpose
from eiassess.persistence.engine import Database
from eiassess.services.auditing.acting import leave_out
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.own_page.codes import WrongCodeError, take_code
from eiassess.services.upkeep.erasure import erase_or_wait
from eiassess.services.upkeep.holds import find_hold


def find_own_hold(database: Database, invitation_id: str, now: datetime) -> Hold | None:
    """Return the duty for which a candidate's records have to be kept now, if there is one.

    Raises
    ------
    LinkClosedError
        The link was closed.
    """
    with database.reading() as db:
        session, _ = require_open_session(db, invitation_id)
        return find_hold(db, session.id, now)


def erase_own(database: Database, invitation_id: str, code: str, now: datetime) -> Erasure:
    """Erase all that is stored about a candidate in this opening; nothing brings it back.

    Where a duty holds their records, the wish is kept instead, and carried out by itself when the duty ends.

    Raises
    ------
    LinkClosedError
        The link was closed.
    WrongCodeError
        The code does not fit; nothing was erased, and the try is counted.
    """
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        is_right = take_code(db, session.id, CodePurpose.ERASURE, code, now)
        if is_right:
            done = erase_or_wait(db, session, ErasedBy.CANDIDATE, ErasureReason.ASKED, now)
        else:
            leave_out(db)
    if not is_right:
        raise WrongCodeError
    database.forget_what_was_deleted()
    return done
