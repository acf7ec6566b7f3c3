"""A candidate's data as a page: sections of lines, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scores import Interval
from eiassess.domain.shown_scores import shown_interval, shown_score
from eiassess.services.own_page.own_data import OwnAnswer, OwnData
from eiassess.web.candidate.own_forms import KINDS_OF_ADJUSTMENT, KINDS_OF_QUESTION, RATED
from eiassess.web.candidate.words import counted, said
from eiassess.web.shell.moments import Moment, moment_in

NOTHING = "Nothing"
BY = {"candidate": "you", "server": "us, at the end of your time", "recruiter": "the company"}


@dataclass(frozen=True)
class DataRow:
    """A line: a text, or a moment."""

    label: str
    text: str = ""
    moment: Moment | None = None


@dataclass(frozen=True)
class DataSection:
    """Lines about one thing."""

    title: str
    rows: tuple[DataRow, ...]
    note: str = ""


def data_sections(data: OwnData, form: AssessmentForm, zone: str) -> tuple[DataSection, ...]:
    """Lay out all that is stored about a candidate."""
    found = (
        DataSection(
            "You", (DataRow("Name", data.name), DataRow("E-mail address", data.email), DataRow("Job", data.opening))
        ),
        DataSection("Your way", tuple(_way(data, zone))),
        DataSection("Your answers", tuple(_answers(data.answers, form))),
        DataSection("Your first answers in the practice", tuple(_answers(data.practice, form))),
        DataSection("What was computed", tuple(_results(data, zone)), _about_results(data)),
        DataSection("Who saw your profile", tuple(_shown(data, zone)), _about_shown(data)),
        DataSection("The study of those who were hired", tuple(_study(data, zone)), _about_study(data)),
        DataSection("What you said of yourself, if you liked", tuple(_voluntary(data)), _about_voluntary(data)),
        DataSection("What you asked for", tuple(_asked(data))),
        DataSection("How you found it", tuple(_experience(data))),
        DataSection("Records that have to be kept", tuple(_held(data, zone))),
        DataSection("Links and mails", tuple(_sent(data, zone)), "The links themselves are not stored."),
    )
    return tuple(
        section if section.rows else DataSection(section.title, (DataRow("Stored", NOTHING),)) for section in found
    )


def _way(data: OwnData, zone: str) -> Iterator[DataRow]:
    moments: tuple[tuple[str, datetime | None], ...] = (
        ("Invited", data.invited_at),
        ("Agreed to the notice", data.agreed_at),
        ("Began the scenarios", data.began_at),
        ("Your time ends", data.ends_at),
        ("Handed in", data.handed_in_at),
        ("Withdrawn", data.withdrawn_at),
        ("Passed on to the hiring manager", data.passed_on_at),
    )
    yield from (DataRow(label, moment=moment_in(at, zone)) for label, at in moments if at is not None)
    if data.handed_in_by:
        yield DataRow("Handed in by", BY[data.handed_in_by])
    if data.withdrawn_by:
        yield DataRow("Withdrawn by", BY[data.withdrawn_by])
    if data.extra_time_factor > 1:
        yield DataRow("Time limit for you", f"{data.extra_time_factor:g} times the usual one")
    if data.late_answers:
        yield DataRow("Came after the end", f"{counted(data.late_answers, 'answer')}, not kept")
    yield DataRow("Kept for", f"{counted(data.keep_days, 'day')} from handing in, or from the end of your time")
    if data.notice_digest:
        yield DataRow("Version of the notice (its fingerprint)", data.notice_digest)


def _answers(answers: tuple[OwnAnswer, ...], form: AssessmentForm) -> Iterator[DataRow]:
    scenarios = {each.id: each for each in (*form.practice, *form.scenarios)}
    for answer in answers:
        scenario = scenarios[answer.scenario_id]
        for option, text in answer.options.items():
            yield DataRow(
                f"Scenario {answer.number}: {text}", said(form, scenario, answer.given.get(option)).capitalize()
            )
        if answer.saved_at:
            yield DataRow(f"Scenario {answer.number}: time spent", f"{answer.seconds:.0f} seconds")


def _results(data: OwnData, zone: str) -> Iterator[DataRow]:
    for each in data.results:
        ends = shown_interval(None if each.low is None or each.high is None else Interval(each.low, each.high))
        yield DataRow(each.what, f"{shown_score(each.score)} of 100, 95 % interval {ends}")
    if data.scored_at:
        yield DataRow("Computed", moment=moment_in(data.scored_at, zone))
        yield DataRow("Computed by", data.scored_by or "")


def _about_results(data: OwnData) -> str:
    if not data.results:
        return ""
    return (
        "100 is the answer key's own pattern, and answering by chance gives 50 on average. The two numbers after it "
        "say how exact the result is. A person decides, never the program; ask a person to explain it."
    )


FIELDS = {
    "overall": "overall result",
    "areas": "areas",
    "competencies": "competencies",
    "answers": "answers",
    "notes": "notes about you",
}


def _shown(data: OwnData, zone: str) -> Iterator[DataRow]:
    if data.released_to:
        yield DataRow("Shown to (as of today)", ", ".join(data.released_to))
    for each in data.releases:
        fields = ", ".join(FIELDS[name] for name in each.fields)
        yield DataRow(f"Shown: {fields}" if fields else "Taken back", moment=moment_in(each.at, zone))
    for view in data.shared_views:
        yield DataRow(f"Looked at through a link by {view.by}", moment=moment_in(view.at, zone))


def _about_shown(data: OwnData) -> str:
    return "Looks through a link are kept once a day for each person." if data.shared_views else ""


def _study(data: OwnData, zone: str) -> Iterator[DataRow]:
    if data.study_until:
        yield DataRow("Your results, without your name", "In the study")
        yield DataRow(
            "A rating of your work", "In the study; ask a person for it" if data.work_is_rated else "None yet"
        )
        yield DataRow("Kept until", moment=moment_in(data.study_until, zone))


def _about_study(data: OwnData) -> str:
    if not data.study_until:
        return ""
    return (
        "It asks how well results foretell work, and decides nothing about you. If you have your data erased now, what "
        "the study has of you goes too. Once your other data are gone, it cannot be taken out any more. The study "
        "keeps nothing that names you."
    )


def _voluntary(data: OwnData) -> Iterator[DataRow]:
    for question, answer in (data.voluntary or {}).items():
        yield DataRow(question, answer)


def _about_voluntary(data: OwnData) -> str:
    if data.voluntary is None:
        return ""
    return "It is kept apart from all the rest, without your name, and only added up with that of others."


def _asked(data: OwnData) -> Iterator[DataRow]:
    for request in data.adjustments:
        yield DataRow(KINDS_OF_ADJUSTMENT[request.kind], request.words or "No words")
        yield DataRow("Answer", request.answer or "None yet")
    for question in data.questions:
        yield DataRow(KINDS_OF_QUESTION[question.kind], question.words or "No words")
        yield DataRow("Answer", question.answer or "None yet")


def _experience(data: OwnData) -> Iterator[DataRow]:
    if data.experience:
        yield DataRow("You said", RATED[data.experience.rating])
        yield DataRow("Your line", data.experience.line or "None")
    for scenario, line in data.complaints.items():
        yield DataRow(f"Unclear or unfair: {scenario}", line or "No words")


def _held(data: OwnData, zone: str) -> Iterator[DataRow]:
    if data.hold:
        yield DataRow("Who answers for it", data.hold.person)
        yield DataRow("Why", data.hold.reason)
        yield DataRow("Until", moment=moment_in(data.hold.until, zone))


def _sent(data: OwnData, zone: str) -> Iterator[DataRow]:
    for link in data.links:
        yield DataRow(
            "Link made" if link.closed_at is None else "Link made, closed since",
            moment=moment_in(link.created_at, zone),
        )
    for mail in data.mails:
        yield DataRow(
            f"Mail to {mail.address}: {mail.kind.replace('_', ' ')}, {mail.state}",
            moment=moment_in(mail.created_at, zone),
        )
