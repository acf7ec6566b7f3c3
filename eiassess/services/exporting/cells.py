"""What stands in a cell, and how what is no number is written."""

from datetime import datetime

Cell = str | float | int | None


def yes_or_no(value: bool) -> str:  # noqa: FBT001 - the one thing to write
    """Write what holds or does not."""
    return "yes" if value else "no"


def moment(at: datetime | None) -> str | None:
    """Write a time as ISO 8601 in UTC, to the second; nothing where there is none."""
    return None if at is None else at.isoformat(timespec="seconds")
