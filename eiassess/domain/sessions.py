"""The states of a candidate's way through an assessment, and who ends it."""

from enum import StrEnum


class SessionState(StrEnum):
    """Where a session stands; a session only ever moves forward."""

    INVITED = "invited"
    STARTED = "started"
    SUBMITTED = "submitted"


class HandedInBy(StrEnum):
    """Who handed a candidate's answers in."""

    CANDIDATE = "candidate"
    SERVER = "server"


class WithdrawnBy(StrEnum):
    """Who ended an invitation before anything was handed in."""

    CANDIDATE = "candidate"
    RECRUITER = "recruiter"
