"""Ids that lead from a sitting to its voluntary answers, and not back: the database alone cannot follow them.

Why so: docs/fairness.md.
"""

import hmac
from collections.abc import Callable

from sqlmodel import Session

from eiassess.persistence.engine import secret_of

_PURPOSE = b"eiassess fairness, one-way ids"
_COUNTED = b"eiassess fairness, what was counted"


def one_way_id(db: Session, session_id: str) -> str:
    """Return the id of a sitting's answers; it is made with a key that serves nothing else and is stored nowhere.

    Raises
    ------
    SetupError
        The database was opened without the installation's secret.
    """
    return id_maker(db)(session_id)


def id_maker(db: Session) -> Callable[[str], str]:
    """Return what makes the ids of many sittings, as `one_way_id` does of one."""
    key = hmac.digest(secret_of(db).encode(), _PURPOSE, "sha256")
    return lambda session_id: hmac.digest(key, session_id.encode(), "sha256").hex()


def mark_maker(db: Session) -> Callable[[str, str, str], str]:
    """Return what makes the mark that somebody's answers were counted, from their id, the answers and a stage.

    Without the secret nobody tells from marks which answers were counted.
    """
    key = hmac.digest(secret_of(db).encode(), _COUNTED, "sha256")
    return lambda person, answers, stage: hmac.digest(key, f"{person} {stage} {answers}".encode(), "sha256").hex()
