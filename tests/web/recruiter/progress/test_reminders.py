"""Planning a reminder in the browser."""

import re

from flask.testing import FlaskClient

from tests.web.pages import check_page
from tests.web.people import Clock, press, sign_in
from tests.web.staff import Office


def test_a_reminder_is_planned_with_names_and_taken_back(client: FlaskClient, office: Office, clock: Clock) -> None:
    sign_in(client, "alice")
    opening = f"/openings/{office.opening}"
    address = f"{opening}/reminders"
    without = client.get(address).text
    assert "There is no deadline" in without
    check_page(without)
    assert press(client, opening, address, days="3").status_code == 409
    fields = {"title": "Adviser", "keep_days": "180", "time_zone": "Europe/Berlin"}
    day = f"{clock.time:%Y}-12-24"
    assert press(client, f"{opening}/settings", **fields, deadline_day=day, deadline_time="17:00").status_code == 303
    page = client.get(address).text
    check_page(page)
    assert "it would go to 2 people:" in page
    for name in ("Ilka Half", "Xanthe Invited"):
        assert f"<li>{name}</li>" in page
    for days in ("", "three", "31", "-1"):
        wrong = press(client, address, days=days)
        assert wrong.status_code == 400
        assert f'value="{days}"' in wrong.text
        check_page(wrong.text)
    assert press(client, address, days="3").status_code == 303
    planned = client.get(address).text
    assert "<b>Monday 21 December 2026, 17:00 (Europe/Berlin, UTC+01:00)</b>: planned" in planned
    check_page(planned)
    later = {"deadline_day": day.replace("24", "30"), "deadline_time": "17:00"}
    press(client, f"{opening}/settings", **fields, **later)
    assert "the deadline was moved: plan it anew" in client.get(address).text
    press(client, opening, "/blind", hide="yes")
    assert "Ilka Half" not in client.get(address).text
    drop = re.search(r'action="([^"]+/cancel)"', planned)
    assert drop
    assert press(client, address, drop[1]).status_code == 303
    assert "/cancel" not in client.get(address).text
