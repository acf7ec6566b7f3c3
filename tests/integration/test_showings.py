"""When, and as which one, each scenario was first shown."""

import pytest

from eiassess.services.hiring.invitations import revoke_invitation
from eiassess.services.links import LinkClosedError
from eiassess.services.sitting.handing_in import submit_session
from eiassess.services.sitting.showings import record_showing
from tests.hiring_story import Invited, after, at_once, rows, standard_form

FIRST, SECOND, THIRD, *_ = standard_form().form.scenario_ids


def showings(casey: Invited) -> list[tuple[int, str]]:
    kept = [each for each in rows(casey.database, "scenario_showing") if each["session_id"] == casey.session_id]
    return sorted((each["position"], each["scenario_id"]) for each in kept)


def show(casey: Invited, scenario: str, minutes: int) -> None:
    record_showing(casey.database, casey.invitation_id, scenario, after(minutes=minutes))


def test_the_order_is_that_of_first_showings_and_reloads_change_nothing(casey: Invited) -> None:
    for minute, scenario in enumerate((SECOND, FIRST, SECOND, THIRD, FIRST), 1):
        show(casey, scenario, minute)
    before = rows(casey.database, "scenario_showing")
    assert showings(casey) == [(1, SECOND), (2, FIRST), (3, THIRD)]
    at = {each["scenario_id"]: str(each["first_shown_at"]) for each in before}
    assert ["12:01:00" in at[SECOND], "12:02:00" in at[FIRST], "12:04:00" in at[THIRD]] == [True] * 3
    show(casey, THIRD, 9)
    assert rows(casey.database, "scenario_showing") == before


def test_who_answers_has_seen_the_scenario(casey: Invited) -> None:
    show(casey, SECOND, 1)
    casey.save(FIRST, {"a": 1}, now=after(minutes=2))
    casey.save(SECOND, {"a": 1}, now=after(minutes=3))
    assert showings(casey) == [(1, SECOND), (2, FIRST)]


def test_two_pages_at_once_are_first_and_second(casey: Invited) -> None:
    results = at_once(8, lambda n: show(casey, (FIRST, SECOND, THIRD)[n % 3], n))
    assert results == [None] * 8
    assert [position for position, _ in showings(casey)] == [1, 2, 3]


def test_after_handing_in_and_on_a_closed_link_nothing_is_kept(casey: Invited) -> None:
    submit_session(casey.database, casey.invitation_id, after(hours=1))
    show(casey, FIRST, 61)
    revoke_invitation(casey.database, casey.session_id, after(hours=2))
    with pytest.raises(LinkClosedError):
        show(casey, FIRST, 121)
    assert showings(casey) == []
