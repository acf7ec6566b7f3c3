"""An opening's progress in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eiassess.domain.deadlines import Deadline
from eiassess.domain.names import isolated
from eiassess.domain.openings import OpeningState
from eiassess.domain.progress import Stage
from eiassess.services.progress.overview import Progress, ProgressQuery, ProgressRow
from eiassess.web.recruiter.progress.addresses import parameters_of
from eiassess.web.recruiter.settings.presenters import deadline_in_words

STAGES = {
    Stage.NOT_SENT: "Mail not sent yet",
    Stage.INVITED: "Invited",
    Stage.NOT_DELIVERED: "Mail not delivered",
    Stage.OPENED: "Opened",
    Stage.STARTED: "Started",
    Stage.HANDED_IN: "Handed in by themselves",
    Stage.HANDED_IN_FOR_THEM: "Handed in by us at the end",
    Stage.EXPIRED: "Expired",
    Stage.WITHDRAWN: "Withdrawn",
}
NAMED_AT_MOST = 100


class Bulk(StrEnum):
    """What can be done for many at once."""

    REMIND = "remind"
    EXTEND = "extend"
    NEW_LINK = "new_link"
    WITHDRAW = "withdraw"
    RELEASE = "release"
    TAKE_BACK = "take_back"
    SHARE = "share"


ACTIONS = {
    Bulk.REMIND: "Remind",
    Bulk.EXTEND: "Give more time",
    Bulk.NEW_LINK: "Send a new link",
    Bulk.WITHDRAW: "Withdraw",
    Bulk.RELEASE: "Release",
    Bulk.TAKE_BACK: "Take back",
    Bulk.SHARE: "Make a link",
}
CONSEQUENCES = {
    Bulk.REMIND: "Each gets a mail with the link that they have already.",
    Bulk.EXTEND: "Nobody loses time by it, and each who gains some gets a mail. What was handed in stays so.",
    Bulk.NEW_LINK: "The links that they have stop working. Answers stay, and each gets a mail with the new link.",
    Bulk.WITHDRAW: "They can no longer take part. What they saved stays until its days are over.",
    Bulk.RELEASE: "The opening's hiring managers see of them what you choose here; for those who are released already, "
    "this takes the place of what was chosen before.",
    Bulk.TAKE_BACK: "Hiring managers see them no longer, and links lead to them no longer. What was downloaded stays.",
    Bulk.SHARE: "Whoever opens the link has to sign in, and sees of these people what was released.",
}


@dataclass(frozen=True)
class CountLine:
    """A stage with how many stand there."""

    label: str
    n: int
    parameters: dict[str, str]
    is_shown: bool


@dataclass(frozen=True)
class PersonLine:
    """A candidate with where they stand."""

    session_id: str
    number: str
    name: str
    stage: str
    detail: str
    nudge: bool


@dataclass(frozen=True)
class ProgressPage:
    """What stands on the page."""

    opening_id: str
    title: str
    simulated: bool
    lead: str
    counts: tuple[CountLine, ...]
    n_nudge: int
    median: str
    lines: tuple[PersonLine, ...]
    shown: str
    filter_words: str
    n_matching: int
    n_all: int
    parameters: dict[str, str]
    previous: dict[str, str] | None
    following: dict[str, str] | None
    actions: tuple[tuple[str, str], ...]


def present_progress(found: Progress, *, blind: bool) -> ProgressPage:
    """Word how an opening stands."""
    query = found.query
    return ProgressPage(
        opening_id=found.opening_id,
        title=found.title,
        simulated=found.simulated,
        lead=lead_sentence(found),
        counts=tuple(
            CountLine(STAGES[stage], n, parameters_of(ProgressQuery(stage)), query.stage is stage)
            for stage, n in found.counts.items()
        ),
        n_nudge=found.n_nudge,
        median="" if found.median_minutes is None else f"{found.median_minutes:.0f} minutes",
        lines=tuple(person_line(row, blind=blind, zone=found.zone) for row in found.rows),
        shown=_shown(found),
        filter_words=filter_in_words(query),
        n_matching=found.n_matching,
        n_all=found.n_all,
        parameters=parameters_of(query),
        previous=parameters_of(query, query.page - 1) if query.page > 1 else None,
        following=parameters_of(query, query.page + 1) if query.page < found.n_pages else None,
        actions=tuple((each.value, label) for each, label in ACTIONS.items()) if found.n_matching else (),
    )


def lead_sentence(found: Progress) -> str:
    """Say in one sentence how the opening stands."""
    n_in = found.counts[Stage.HANDED_IN] + found.counts[Stage.HANDED_IN_FOR_THEM]
    n_way = sum(n for stage, n in found.counts.items() if stage.is_on_the_way)
    sentence = f"{n_in:,} of {found.n_all:,} {'has' if n_in == 1 else 'have'} handed in, {n_way:,} can still do so."
    if found.state is not OpeningState.OPEN:
        sentence += f" This opening is {found.state}."
    return sentence if found.deadline is None else f"{sentence} The deadline is {deadline_in_words(found.deadline)}."


def filter_in_words(query: ProgressQuery) -> str:
    """Say who is shown."""
    stage = STAGES[query.stage].lower() if query.stage else ""
    if query.nudge:
        return f"who need a nudge, {stage}" if stage else "who need a nudge"
    return stage


def person_line(row: ProgressRow, *, blind: bool, zone: str = "UTC") -> PersonLine:
    """Word a row; an end of one's own is told on the clocks of a zone."""
    begun = row.stage is Stage.STARTED or (row.stage in {Stage.EXPIRED, Stage.WITHDRAWN} and row.n_answered > 0)
    return PersonLine(
        row.session_id,
        f"{row.number:02}",
        f"Candidate {row.number:02}" if blind else isolated(row.name),
        STAGES[row.stage],
        ", ".join(
            each
            for each in (
                f"scenario {row.n_answered} of {row.n_scenarios}" if begun else "",
                f"has until {deadline_in_words(Deadline(row.own_end, zone))}" if row.own_end else "",
            )
            if each
        ),
        row.nudge,
    )


def _shown(found: Progress) -> str:
    first = (found.query.page - 1) * len(found.rows) + 1 if found.query.page < found.n_pages else 0
    if found.n_pages == 1:
        return f"{found.n_matching:,} of {found.n_all:,} shown"
    first = first or found.n_matching - len(found.rows) + 1
    return f"{first:,} to {first + len(found.rows) - 1:,} of {found.n_matching:,}"


@dataclass(frozen=True)
class ConfirmPage:
    """What is asked before something is done for many."""

    opening_id: str
    action: str
    question: str
    button: str
    consequence: str
    names: tuple[str, ...]
    n_more: int
    session_ids: tuple[str, ...]
    parameters: dict[str, str]


def present_confirm(
    opening_id: str, action: Bulk, rows: Sequence[ProgressRow], query: ProgressQuery, *, blind: bool
) -> ConfirmPage:
    """Name the number and the people before something is done."""
    n = len(rows)
    people = "1 person" if n == 1 else f"{n:,} people"
    verb = ACTIONS[action]
    asked = {
        Bulk.EXTEND: f"Give {people} more time",
        Bulk.NEW_LINK: f"Send {people} a new link",
        Bulk.TAKE_BACK: f"Take {people} back",
        Bulk.SHARE: f"Make a link to {people}",
    }
    button = asked.get(action, f"{verb} {people}")
    return ConfirmPage(
        opening_id=opening_id,
        action=action.value,
        question=f"{button}?",
        button=button,
        consequence=CONSEQUENCES[action],
        names=tuple(person_line(row, blind=blind).name for row in rows[:NAMED_AT_MOST]),
        n_more=max(0, n - NAMED_AT_MOST),
        session_ids=tuple(row.session_id for row in rows),
        parameters=parameters_of(query),
    )


def limit_in_words(minutes: int | None, n_held: int) -> str:
    """Say what a later day does not give where the opening limits time; nothing where it does not."""
    if minutes is None:
        return ""
    rule = f"A later day moves no time limit: it stays {minutes} minutes from the first scenario on."
    if not n_held:
        return rule
    people = "1 person whom you chose has" if n_held == 1 else f"{n_held:,} people whom you chose have"
    return (
        f"{rule} {people} begun, and the limit ends their time before the deadline does. They are left out here; "
        "a longer limit, in the settings, gives time to everybody who has begun."
    )
