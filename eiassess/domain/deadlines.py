"""Deadlines: a moment, and the time zone in which people were told of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from eiassess.errors import InvalidInputError

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@dataclass(frozen=True)
class Deadline:
    """A moment in UTC with the IANA name of the zone that it was chosen in."""

    at: datetime
    zone: str

    @property
    def local(self) -> datetime:
        """The moment on the clocks of its zone."""
        return self.at.astimezone(ZoneInfo(self.zone))


@cache
def known_zones() -> tuple[str, ...]:
    """List the time zones that one can choose: UTC, then places by their names."""
    return ("UTC", *sorted(zone for zone in available_timezones() if zone.partition("/")[0] in AREAS and "/" in zone))


def deadline_in(zone: str, day: date, clock: time) -> Deadline:
    """Return the moment that the clocks of a zone show; of two such moments, when clocks go back, the later.

    Raises
    ------
    InvalidInputError
        There is no such zone, or its clocks skip this time.

    Examples
    --------
    >>> deadline_in("Europe/Berlin", date(2026, 12, 4), time(17)).at.isoformat()
    '2026-12-04T16:00:00+00:00'
    """
    if zone not in known_zones():
        message = f"{zone!r} is no time zone; choose one such as Europe/Berlin"
        raise InvalidInputError(message, "time_zone")
    wanted = datetime.combine(day, clock)
    try:
        at = wanted.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)
    except OverflowError:
        message = "Give a year that lies nearer"
        raise InvalidInputError(message, "deadline_day") from None
    if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wanted:
        message = f"The clocks of {zone} go forward on that day and skip {clock:%H:%M}; give another time"
        raise InvalidInputError(message, "deadline_time")
    return Deadline(at, zone)
