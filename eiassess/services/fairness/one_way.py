"""Ids that lead from a sitting to its voluntary answers, and not back: the database alone cannot follow them.

Why so: docs/fairness.md.
"""

import hmac

from sqlmodel import Session

from eiassess.persistence.engine import secret_of

_PURPOSE = b"eiassess fairness, one-way ids"


def one_way_id(db: Session, session_id: str) -> str:
    """Return the id of a sitting's answers; it is made with a key that serves nothing else and is stored nowhere.

    Raises
    ------
    SetupError
        The database was opened without the installation's secret.
    """
    key = hmac.digest(secret_of(db).encode(), _PURPOSE, "sha256")
    return hmac.digest(key, session_id.encode(), "sha256").hex()
