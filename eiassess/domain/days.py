"""How services say a moment."""

from datetime import UTC, datetime, tzinfo

# Not by strftime, whose names follow the server's locale
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_and_hour(moment: datetime, zone: tzinfo = UTC, name: str = "UTC") -> str:
    """Say a moment as people read it, with its time zone.

    Examples
    --------
    >>> day_and_hour(datetime(2026, 12, 4, 17, tzinfo=UTC))
    'Friday 4 December 2026, 17:00 (UTC)'
    """
    local = moment.astimezone(zone)
    day = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"
    return f"{day}, {local:%H:%M} ({name.replace('_', ' ')})"
