"""Days and hours as people type them."""

from datetime import date, time


def day_from(text: str) -> date | None:
    """Read a day, such as 2026-12-04; nothing if it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def hour_from(text: str) -> time | None:
    """Read an hour, such as 17:00; nothing if it is none."""
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


def shown_by(kind: str, text: str) -> bool:
    """Tell whether a browser's field for days or hours shows a text; it empties itself of any other.

    Examples
    --------
    >>> shown_by("date", "2026-12-04"), shown_by("date", "4.12.2026"), shown_by("text", "4.12.2026")
    (True, False, True)
    """
    if not text:
        return True
    if kind == "date":
        day = day_from(text)
        return day is not None and day.isoformat() == text
    if kind == "time":
        hour = hour_from(text)
        return hour is not None and f"{hour:%H:%M}" == text
    return True
