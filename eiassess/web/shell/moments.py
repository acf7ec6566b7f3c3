"""Times as text, in UTC; not by strftime, whose names follow the server's locale."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """A time as text, and exactly, for the script to turn into the reader's own time."""

    iso: str
    day: str
    minute: str


def moment(time: datetime) -> Moment:
    """Write a time for people who are not at their office."""
    utc = time.astimezone(UTC)
    return Moment(utc.isoformat(timespec="seconds"), long_day(utc), clock(utc))


def moment_in(time: datetime, zone: str) -> Moment:
    """Write a time as the clocks of a zone show it, with the zone's name."""
    if zone == "UTC":
        return moment(time)
    local = time.astimezone(ZoneInfo(zone))
    day = f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return Moment(time.astimezone(UTC).isoformat(timespec="seconds"), day, f"{local:%H:%M} ({zone.replace('_', ' ')})")


def long_day(time: datetime) -> str:
    """Write a day in full: Monday 23 November 2026."""
    utc = time.astimezone(UTC)
    return f"{WEEKDAYS[utc.weekday()]} {utc.day} {MONTHS[utc.month - 1]} {utc.year}"


def clock(time: datetime) -> str:
    """Write the time of day: 14:02 UTC."""
    return f"{time.astimezone(UTC):%H:%M} UTC"


def short_day(time: datetime) -> str:
    """Write a day for a table: 23 Nov 2026."""
    return f"{day_of_the_year(time)} {time.astimezone(UTC).year}"


def day_of_the_year(time: datetime) -> str:
    """Write a day where the year goes without saying: 23 Nov."""
    utc = time.astimezone(UTC)
    return f"{utc.day} {MONTHS[utc.month - 1][:3]}"


def full_day(time: datetime) -> str:
    """Write a day with its weekday, where somebody must act by it: Mon 23 Nov 2026."""
    return f"{WEEKDAYS[time.astimezone(UTC).weekday()][:3]} {short_day(time)}"


def full_moment(time: datetime) -> str:
    """Write a time with its weekday: Mon 23 Nov 2026, 14:02 UTC."""
    return f"{full_day(time)}, {clock(time)}"
