"""Where a piece of background work stands."""

from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands; only a person puts one back to waiting that has failed."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """It was tried as often as we try; the words say what happened last."""
