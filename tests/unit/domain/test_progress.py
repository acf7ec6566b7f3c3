"""Where a candidate stands, from what is known of their way."""

from dataclasses import replace
from typing import Any

import pytest

from eiassess.domain.progress import Stage, Standing, needs_nudge, stage_of
from eiassess.domain.sessions import HandedInBy, SessionState

INVITED = Standing(SessionState.INVITED)
STARTED = Standing(SessionState.STARTED, agreed=True, begun=True)
SUBMITTED = Standing(SessionState.SUBMITTED, HandedInBy.CANDIDATE, agreed=True, begun=True)


@pytest.mark.parametrize(
    ("standing", "stage"),
    [
        (INVITED, Stage.INVITED),
        (replace(INVITED, undelivered=True), Stage.NOT_DELIVERED),
        (replace(INVITED, unsent=True), Stage.NOT_SENT),
        (replace(INVITED, unsent=True, agreed=True), Stage.OPENED),
        (replace(INVITED, agreed=True, undelivered=True), Stage.OPENED),
        (STARTED, Stage.STARTED),
        (replace(STARTED, over=True), Stage.EXPIRED),
        (replace(INVITED, over=True, undelivered=True), Stage.EXPIRED),
        (replace(STARTED, withdrawn=True, over=True), Stage.WITHDRAWN),
        (SUBMITTED, Stage.HANDED_IN),
        (replace(SUBMITTED, over=True, withdrawn=True), Stage.HANDED_IN),
        (replace(SUBMITTED, handed_in_by=HandedInBy.SERVER), Stage.HANDED_IN_FOR_THEM),
        (replace(SUBMITTED, handed_in_by=None), Stage.HANDED_IN),
    ],
)
def test_where_somebody_stands(standing: Standing, stage: Stage) -> None:
    assert stage_of(standing) is stage


@pytest.mark.parametrize(
    ("what", "needs"),
    [
        ({}, False),
        ({"quiet": True}, True),
        ({"ends_soon": True}, True),
        ({"quiet": True, "mailed_lately": True}, False),
        ({"quiet": True, "undelivered": True}, False),
        ({"quiet": True, "unsent": True}, True),
        ({"quiet": True, "unsent": True, "begun": False}, True),
        ({"quiet": True, "unsent": True, "begun": False, "agreed": False}, False),
        ({"quiet": True, "withdrawn": True}, False),
        ({"quiet": True, "over": True}, False),
    ],
)
def test_who_needs_a_nudge(what: dict[str, Any], needs: bool) -> None:  # noqa: FBT001 - a table's column
    assert needs_nudge(replace(STARTED, **what)) is needs
    assert not needs_nudge(replace(SUBMITTED, **what))
