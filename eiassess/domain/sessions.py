"""The states of a candidate's way through an assessment."""

from enum import StrEnum


class SessionState(StrEnum):
    """Where a session stands; a session only ever moves forward."""

    INVITED = "invited"
    STARTED = "started"
    SUBMITTED = "submitted"
