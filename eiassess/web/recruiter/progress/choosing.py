"""Whom an action is for: those whom one chose, or else all whom the filter shows, as far as it can help them."""

from eiassess.domain.progress import Stage
from eiassess.services.progress.overview import ProgressQuery, ProgressRow
from eiassess.web.recruiter.progress.presenters import Bulk

_ON_THE_WAY = frozenset(stage for stage in Stage if stage.is_on_the_way)
_HANDED_IN = frozenset({Stage.HANDED_IN, Stage.HANDED_IN_FOR_THEM})
FITTING = {
    Bulk.REMIND: _ON_THE_WAY,
    Bulk.EXTEND: _ON_THE_WAY | {Stage.EXPIRED},
    Bulk.NEW_LINK: _ON_THE_WAY,
    Bulk.WITHDRAW: _ON_THE_WAY | {Stage.EXPIRED},
    Bulk.RELEASE: _HANDED_IN,
    Bulk.TAKE_BACK: _HANDED_IN,
    Bulk.SHARE: _HANDED_IN,
}
"""Where somebody has to stand for an action to make sense."""

OF_RELEASED = frozenset({Bulk.TAKE_BACK, Bulk.SHARE})
"""What makes sense only for who is released."""

EVERYBODY = ProgressQuery()


def those_it_fits(action: Bulk, rows: tuple[ProgressRow, ...], chosen: list[str]) -> tuple[ProgressRow, ...]:
    """Leave out those for whom an action does nothing."""
    return tuple(
        row
        for row in rows
        if row.stage in FITTING[action]
        and (row.released or action not in OF_RELEASED)
        and (not chosen or row.session_id in chosen)
    )
