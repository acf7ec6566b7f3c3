"""A candidate has all of theirs erased, by a code that was mailed to them."""

from datetime import datetime

from eiassess.domain.requests import CodePurpose
from eiassess.persistence.engine import Database
from eiassess.services.auditing.acting import leave_out
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.own_page.codes import WrongCodeError, take_code
from eiassess.services.upkeep.erasure import erase_candidate


def erase_own(database: Database, invitation_id: str, code: str, now: datetime) -> None:
    """Erase all that is stored about a candidate in this opening; nothing brings it back.

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
            erase_candidate(db, session)
        else:
            leave_out(db)
    if not is_right:
        raise WrongCodeError
    database.forget_what_was_deleted()
