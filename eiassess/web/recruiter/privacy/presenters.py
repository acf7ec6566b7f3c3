"""All that is stored about a candidate, in plain words for whoever answers when they ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from eiassess.domain.erasures import ErasureReason, Hold
from eiassess.domain.interviews import InterviewRating
from eiassess.domain.names import isolated
from eiassess.domain.scores import Interval
from eiassess.domain.shown_scores import shown_interval, shown_score
from eiassess.services.own_page.own_data import OwnAnswer
from eiassess.services.privacy.stored import StoredData
from eiassess.web.recruiter.deciding.presenters import name_of
from eiassess.web.shell.moments import full_moment

NOTHING = "Nothing"
REASONS = {
    ErasureReason.ASKED: "They asked for it",
    ErasureReason.MISTAKE: "They were invited by mistake",
    ErasureReason.NOT_NEEDED: "It is no longer needed",
}
LEFT_OUT = (
    "Left out, since whoever recruits may not know it: what they asked to have different and the times that follow "
    "from it, their voluntary answers, how they found it, and interview ratings that you may not read yet. They get "
    "the most of it by themselves, on their own page; whoever runs this installation can print all of it."
)


@dataclass(frozen=True)
class Section:
    """Lines about one thing: what, and what is stored of it."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DataPage:
    """What is stored about a candidate, and what can be done about it."""

    session_id: str
    number: str
    name: str
    opening_id: str
    opening_title: str
    sections: tuple[Section, ...]
    hold: str
    waits: bool


def present_data(found: StoredData, *, blind: bool) -> DataPage:
    """Word the page of what is stored; hidden names stay hidden."""
    return DataPage(
        found.session_id,
        f"{found.number:02}",
        name_of(found.number, found.own.name, blind=blind),
        found.opening_id,
        found.own.opening,
        sections_of(found, blind=blind),
        hold_in_words(found.hold) if found.hold else "",
        found.waits,
    )


def hold_in_words(hold: Hold) -> str:
    """Say for how long records are kept, who answers for it and why."""
    return f"Kept until {full_moment(hold.until)}. {isolated(hold.person)} answers for it: {isolated(hold.reason)}"


def fields_of_hold(hold: Hold) -> dict[str, str]:
    """Give a duty as somebody would type it: its end is the day after the last."""
    last_day = (hold.until - timedelta(days=1)).date().isoformat()
    return {"person": hold.person, "reason": hold.reason, "last_day": last_day}


def sections_of(found: StoredData, *, blind: bool = False) -> tuple[Section, ...]:
    """Lay out all that is stored about a candidate; a part that holds nothing says so."""
    parts = (
        ("Person", _person(found, blind=blind)),
        ("Their way", _way(found)),
        ("Answers", _answers(found.own.answers)),
        ("First answers in the practice", _answers(found.own.practice)),
        ("What was computed", _results(found)),
        ("Who saw their profile", _shown(found)),
        ("The study of those who were hired", _study(found)),
        ("What they asked for", _asked(found)),
        ("How they found it, and voluntary answers", _volunteered(found)),
        ("Links and mails", _sent(found, blind=blind)),
        ("Notes on them", ((f"{full_moment(each.at)}, {isolated(each.author)}", each.words) for each in found.notes)),
        ("Stages and decisions", _moves(found)),
        ("Interviews", _interviews(found)),
    )
    return tuple(Section(title, tuple(rows) or (("Stored", NOTHING),)) for title, rows in parts)


def _person(found: StoredData, *, blind: bool) -> Iterator[tuple[str, str]]:
    yield "Number in this opening", f"{found.number:02}"
    yield "Name", "Hidden" if blind else isolated(found.own.name)
    yield "E-mail address", "Hidden" if blind else isolated(found.own.email)


def _way(found: StoredData) -> Iterator[tuple[str, str]]:
    own = found.own
    moments: tuple[tuple[str, datetime | None], ...] = (
        ("Invited", own.invited_at),
        ("Agreed to the notice", own.agreed_at),
        ("Began the scenarios", own.began_at),
        ("Their time ends", own.ends_at),
        ("Handed in", own.handed_in_at),
        ("Withdrawn", own.withdrawn_at),
        ("Passed on to the hiring managers", own.passed_on_at),
    )
    yield from ((label, full_moment(at)) for label, at in moments if at is not None)
    if own.handed_in_by:
        yield "Handed in by", own.handed_in_by
    if own.withdrawn_by:
        yield "Withdrawn by", own.withdrawn_by
    if own.extra_time_factor > 1:
        yield "Time limit", f"{own.extra_time_factor:g} times the usual one"
    if own.late_answers:
        yield "Came after the end", f"{own.late_answers} answers, not kept"
    yield "Kept for", f"{own.keep_days} days from handing in, or from the end of their time"
    if own.notice_digest:
        yield "Version of the notice (its fingerprint)", own.notice_digest


def _answers(answers: tuple[OwnAnswer, ...]) -> Iterator[tuple[str, str]]:
    for answer in answers:
        for option, text in answer.options.items():
            given = answer.given.get(option)
            yield f"Scenario {answer.number}: {text}", "not answered" if given is None else str(given)
        if answer.seconds:
            yield f"Scenario {answer.number}: time spent", f"{answer.seconds:.0f} seconds"


def _results(found: StoredData) -> Iterator[tuple[str, str]]:
    for each in found.own.results:
        interval = None if each.low is None or each.high is None else Interval(each.low, each.high)
        yield each.what, f"{shown_score(each.score)} of 100, 95 % interval {shown_interval(interval)}"
    if found.own.scored_at:
        yield "Computed", f"{full_moment(found.own.scored_at)} by {found.own.scored_by}"


def _shown(found: StoredData) -> Iterator[tuple[str, str]]:
    if found.own.released_to:
        yield "Shown to", ", ".join(map(isolated, found.own.released_to))
    for each in found.own.releases:
        yield full_moment(each.at), f"Shown: {', '.join(each.fields)}" if each.fields else "Taken back"
    for view in found.own.shared_views:
        yield full_moment(view.at), f"Looked at through a link by {isolated(view.by)}"


def _study(found: StoredData) -> Iterator[tuple[str, str]]:
    if found.own.study_until:
        yield "Results without the name", f"Kept until {full_moment(found.own.study_until)}"
        yield "A rating of their work", "Stored" if found.own.work_is_rated else "None yet"


def _asked(found: StoredData) -> Iterator[tuple[str, str]]:
    for request in found.own.adjustments:
        yield f"To have different: {request.kind}", request.words or "No words"
        yield "Answer", request.answer or "None yet"
    for question in found.own.questions:
        yield f"Question: {question.kind}", question.words or "No words"
        yield "Answer", question.answer or "None yet"


def _volunteered(found: StoredData) -> Iterator[tuple[str, str]]:
    if found.own.experience:
        yield "How it was, from 1 to 5", str(found.own.experience.rating)
        yield "Their line", found.own.experience.line or "None"
    for scenario, line in found.own.complaints.items():
        yield f"Unclear or unfair: {scenario}", line or "No words"
    yield from (found.own.voluntary or {}).items()


def _sent(found: StoredData, *, blind: bool) -> Iterator[tuple[str, str]]:
    for link in found.own.links:
        closed = f", closed {full_moment(link.closed_at)}" if link.closed_at else ""
        yield "Link made", f"{full_moment(link.created_at)}{closed}; the link itself is not stored"
    for mail in found.own.mails:
        to = "them" if blind else isolated(mail.address)
        yield f"Mail to {to}", f"{mail.kind.replace('_', ' ')}, {mail.state}, {full_moment(mail.created_at)}"


def _moves(found: StoredData) -> Iterator[tuple[str, str]]:
    for each in found.moves:
        decided = f" Decided by {isolated(each.person)}." if each.person else ""
        said = f" {isolated(each.reason)}" if each.reason else ""
        yield full_moment(each.at), f"{isolated(each.stage.name)}, by {isolated(each.recorded_by)}.{decided}{said}"


def _interviews(found: StoredData) -> Iterator[tuple[str, str]]:
    for each in found.interviews:
        who = ", ".join(isolated(person.name) for person in each.interviewers) or "nobody named"
        off = ", called off" if each.called_off_at else ""
        yield f"Interview {each.number}", f"{each.day or 'no day yet'}, {who}{off}"
    for rating in found.ratings:
        yield f"Interview {rating.interview}, {isolated(rating.rater)}: {rating.competency}", _rating(rating)
    if found.more_ratings:
        yield "Ratings", "There are some that you have not read yet"


def _rating(rating: InterviewRating) -> str:
    points = "not asked" if rating.rating is None else f"{rating.rating} of 5"
    return f"{points}. {isolated(rating.note)}" if rating.note else points
