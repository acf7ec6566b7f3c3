"""Times as text, the same whatever the server's locale and the time's own zone."""

from datetime import datetime, timedelta, timezone

import pytest

from eiassess.web.shell import moments

LATE = datetime(2026, 9, 7, 1, 5, tzinfo=timezone(timedelta(hours=2)))
"""Still Sunday in UTC."""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (moments.long_day, "Sunday 6 September 2026"),
        (moments.full_day, "Sun 6 Sep 2026"),
        (moments.short_day, "6 Sep 2026"),
        (moments.day_of_the_year, "6 Sep"),
        (moments.clock, "23:05 UTC"),
        (moments.full_moment, "Sun 6 Sep 2026, 23:05 UTC"),
        (moments.moment, moments.Moment("2026-09-06T23:05:00+00:00", "Sunday 6 September 2026", "23:05 UTC")),
    ],
)
def test_a_time_is_written_in_utc(written, expected: object) -> None:  # noqa: ANN001 - one of the functions
    assert written(LATE) == expected
