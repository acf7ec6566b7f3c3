"""Mails as the pages say them."""

from collections.abc import Mapping
from dataclasses import dataclass

from eiassess.domain.mail_states import RESENDABLE, UNDELIVERED, UNDER_WAY, MailState
from eiassess.services.mailing.following_up import DEAD_LETTERS
from eiassess.services.mailing.showing import MAILS_A_PAGE, MailLine, Outbox, ShownMail
from eiassess.web.shell.moments import full_moment

PILLS = {MailState.SENT: "done", MailState.WAITING: "active", MailState.NOT_NEEDED: "plain"}
HIDDEN = "Name hidden"
FILTERS: Mapping[str, tuple[str, tuple[MailState, ...]]] = {
    "": ("All", ()),
    "waiting": ("Waiting or sending", (MailState.WAITING, *UNDER_WAY)),
    "sent": ("Sent", (MailState.SENT,)),
    "undelivered": ("Not delivered", UNDELIVERED),
    "unknown": ("Not known", (MailState.UNKNOWN,)),
    "not-needed": ("Not needed", (MailState.NOT_NEEDED,)),
}
"""Where mails stand, as one asks for it: the value in the address, its words, and the states that it means."""


@dataclass(frozen=True)
class LinePage:
    """One mail in the list."""

    id: str
    kind: str
    name: str
    email: str
    state: str
    pill: str
    words: str
    when: str


@dataclass(frozen=True)
class OutboxPage:
    """The outbox of an opening."""

    opening_id: str
    title: str
    lead: str
    by_hand: bool
    lines: tuple[LinePage, ...]
    filters: tuple[tuple[str, str, bool], ...]
    n_all: int
    n_dead: int
    n_given_up: int
    page: str
    previous: int | None
    following: int | None


@dataclass(frozen=True)
class MailPage:
    """One mail."""

    opening_id: str
    line: LinePage
    subject: str
    text: str
    not_needed: str
    tries: int
    due: str
    can_be_sent_again: bool
    can_be_bounced: bool


def present_outbox(found: Outbox, opening_id: str, chosen: str, page: int, *, by_hand: bool, blind: bool) -> OutboxPage:
    """Lay the outbox out."""
    counts = {name: _count(found, states) for name, (_, states) in FILTERS.items()}
    n_pages = max(1, -(-found.n_found // MAILS_A_PAGE))
    return OutboxPage(
        opening_id=opening_id,
        title=found.opening_title,
        lead=_lead(counts, by_hand=by_hand),
        by_hand=by_hand,
        lines=tuple(present_line(line, blind=blind) for line in found.lines),
        filters=tuple((name, f"{FILTERS[name][0]}: {n:,}", name == chosen) for name, n in counts.items()),
        n_all=counts[""],
        n_dead=_count(found, DEAD_LETTERS),
        n_given_up=found.n_given_up,
        page=f"Page {page} of {n_pages}" if n_pages > 1 else "",
        previous=page - 1 if page > 1 else None,
        following=page + 1 if page < n_pages else None,
    )


def present_line(line: MailLine, *, blind: bool) -> LinePage:
    """Lay one mail of a list out."""
    when = line.sent_at or (line.due_at if line.state is MailState.WAITING else line.created_at)
    return LinePage(
        id=line.id,
        kind=line.kind.title,
        name=HIDDEN if blind else line.to_name,
        email="" if blind else line.to_email,
        state=line.state.words,
        pill=PILLS.get(line.state, "active" if line.state in UNDER_WAY else "caution"),
        words=line.words if not blind else "",
        when=f"next try {full_moment(when)}" if line.state is MailState.WAITING else full_moment(when),
    )


def present_mail(shown: ShownMail, opening_id: str) -> MailPage:
    """Lay one mail out."""
    line = shown.line
    return MailPage(
        opening_id=opening_id,
        line=present_line(line, blind=False),
        subject=shown.subject,
        text=shown.text,
        not_needed=shown.not_needed,
        tries=line.tries,
        due=full_moment(line.due_at) if line.state is MailState.WAITING else "",
        can_be_sent_again=line.state in RESENDABLE,
        can_be_bounced=line.state in {MailState.SENT, MailState.UNKNOWN},
    )


def _count(found: Outbox, states: tuple[MailState, ...]) -> int:
    return sum(n for state, n in found.counts.items() if not states or state in states)


def _lead(counts: Mapping[str, int], *, by_hand: bool) -> str:
    if not counts[""]:
        return "No mail was asked for yet."
    if by_hand:
        return "No mail server is set, so nothing is sent from here: open a mail to read it, and pass it on yourself."
    said = [f"{counts['sent']:,} of {counts['']:,} sent"]
    for name, words in (("waiting", "on their way"), ("undelivered", "not delivered"), ("unknown", "not known")):
        if counts[name]:
            said.append(f"{counts[name]:,} {words}")
    return ", ".join(said) + "."
