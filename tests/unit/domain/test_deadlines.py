"""Deadlines in a zone's own clocks, also where those jump."""

from datetime import UTC, date, datetime, time

import pytest

from eiassess.domain.deadlines import Deadline, deadline_in, known_zones
from eiassess.errors import InvalidInputError


def test_a_deadline_is_kept_in_utc_and_said_in_its_zone() -> None:
    summer = deadline_in("America/New_York", date(2026, 7, 3), time(17, 30))
    assert summer == Deadline(datetime(2026, 7, 3, 21, 30, tzinfo=UTC), "America/New_York")
    assert summer.local.strftime("%Y-%m-%d %H:%M %z") == "2026-07-03 17:30 -0400"


def test_of_two_times_when_clocks_go_back_the_later_is_meant() -> None:
    assert deadline_in("Europe/Berlin", date(2026, 10, 25), time(2, 30)).at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_time_that_clocks_skip_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"skip 02:30; give another time") as refused:
        deadline_in("Europe/Berlin", date(2026, 3, 29), time(2, 30))
    assert refused.value.field == "deadline_time"


@pytest.mark.parametrize(
    "zone", ["Europe", "Europe/Nowhere", "../etc/passwd", "/etc/passwd", "", "posix/Europe/Berlin"]
)
def test_what_is_no_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(InvalidInputError, match="is no time zone") as refused:
        deadline_in(zone, date(2026, 12, 4), time(17))
    assert refused.value.field == "time_zone"


def test_a_day_at_the_end_of_time_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="nearer") as refused:
        deadline_in("America/New_York", date.max, time(23, 59))
    assert refused.value.field == "deadline_day"


def test_utc_and_places_can_be_chosen() -> None:
    zones = known_zones()
    assert zones[0] == "UTC"
    assert {"Europe/Berlin", "Asia/Kolkata", "America/Argentina/Buenos_Aires"} <= set(zones)
    assert not {"Factory", "localtime", "Etc/GMT+1", "EST5EDT"} & set(zones)
