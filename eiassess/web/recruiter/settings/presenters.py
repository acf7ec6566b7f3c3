"""What the pages of an opening's settings say."""

from collections.abc import Mapping
from dataclasses import dataclass

from eiassess.domain.deadlines import Deadline, known_zones
from eiassess.domain.names import isolated
from eiassess.domain.openings import Combination, MemberPart, OpeningState, ScoreUse, purposes_with
from eiassess.domain.versions import ContentStatus
from eiassess.services.hiring.form_choices import FormChoice
from eiassess.services.hiring.moving import MoveReach
from eiassess.services.hiring.opening_members import Member
from eiassess.services.hiring.opening_settings import OpeningDetails
from eiassess.web.recruiter.settings.forms import fields_of
from eiassess.web.shell.moments import MONTHS, WEEKDAYS

WEIGHTS = (
    ("0", "0: it does not matter here"),
    ("1", "1: it helps"),
    ("2", "2: it matters"),
    ("3", "3: the job stands on it"),
)
PURPOSES = {
    ScoreUse.INTERVIEWS: "Preparing interviews only",
    ScoreUse.SELECTION: "Preparing interviews and, with other evidence, selecting people",
}
COMBINATIONS = {
    Combination.APART: "Not at all: they are looked at side by side",
    Combination.EQUAL: "Test and interview count the same",
    Combination.INTERVIEW_TWICE: "The interview counts twice",
}
STATES = {
    OpeningState.OPEN: "Open: candidates can be invited.",
    OpeningState.CLOSED: "Closed: nobody can be invited.",
    OpeningState.ARCHIVED: "Archived: it is out of the list, and nothing in it changes.",
}
PARTS = {
    MemberPart.RECRUITS: "recruits",
    MemberPart.MANAGES: "manages",
    MemberPart.INTERVIEWS: "interviews",
    MemberPart.ADJUSTMENTS: "contact for adjustments",
}
STATUSES = {
    ContentStatus.TRIAL: "in trial",
    ContentStatus.OPERATIONAL: "operational",
}


@dataclass(frozen=True)
class ChoiceLine:
    """A form to choose."""

    name: str
    title: str
    facts: str
    worth: str
    use: str
    chosen: bool


@dataclass(frozen=True)
class CompetencyLine:
    """A competency of which the profile may say something."""

    id: str
    name: str
    definition: str


@dataclass(frozen=True)
class MemberLine:
    """Somebody who works on the opening."""

    user_id: str
    name: str
    email: str
    parts: tuple[str, ...]
    held: frozenset[str]


@dataclass(frozen=True)
class SettingsPage:
    """An opening's settings; fields as they were typed or as they are, and what is wrong by field."""

    opening_id: str
    title: str
    state: OpeningState
    state_words: str
    form: str
    frozen: str
    rule: str
    fields: Mapping[str, str]
    errors: Mapping[str, str]
    purposes: tuple[tuple[str, str], ...]
    combinations: tuple[tuple[str, str], ...]
    only_interviews: str
    competencies: tuple[CompetencyLine, ...]
    weights: tuple[tuple[str, str], ...]
    zones: tuple[str, ...]
    deadline: str
    members: tuple[MemberLine, ...]
    parts: tuple[tuple[str, str], ...]
    alone: bool


def present_settings(
    found: OpeningDetails, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> SettingsPage:
    """Word an opening's settings, with what was typed and what is wrong with it."""
    purposes = purposes_with(supports_selection=found.may_select)
    model = found.bank.model
    return SettingsPage(
        opening_id=found.id,
        title=found.settings.title,
        state=found.state,
        state_words=STATES[found.state],
        form=f"{found.form.title}, version {found.form.version}, with the key {found.key.id}",
        frozen=_frozen(found.n_invited),
        rule=_rule(found.n_handed_in),
        fields=fields_of(found.settings, found.time_zone) if typed is None else typed,
        errors=errors or {},
        purposes=tuple((each.value, PURPOSES[each]) for each in purposes),
        combinations=tuple((each.value, words) for each, words in COMBINATIONS.items()),
        only_interviews="" if ScoreUse.SELECTION in purposes else found.bank.evidence.key,
        competencies=tuple(
            CompetencyLine(each, model.competencies[each].name, model.competencies[each].definition)
            for each in model.competency_ids
        ),
        weights=WEIGHTS,
        zones=known_zones(),
        deadline=deadline_in_words(found.settings.deadline) if found.settings.deadline else "",
        members=tuple(_member(each) for each in found.members),
        parts=tuple((part.value, words) for part, words in PARTS.items()),
        alone=not any(MemberPart.ADJUSTMENTS in each.parts for each in found.members),
    )


def _frozen(n_invited: int) -> str:
    if not n_invited:
        return (
            "You can still choose another form. With the first invitation form and key are frozen, "
            "so that all candidates sit the same."
        )
    people = "1 person is" if n_invited == 1 else f"{n_invited} people are"
    return f"Form and key are frozen: {people} invited. For another form, copy this opening."


def _rule(n_handed_in: int) -> str:
    if n_handed_in:
        return (
            "Somebody has handed in: it stays as it is, or becomes “not at all” for good. For another rule, copy this "
            "opening."
        )
    return (
        "With the first hand-in it is frozen, so that nobody chooses it to fit a result. The interview's mean, from 1 "
        "to 5, is put on 0 to 100 for it; both parts always stand beside the sum."
    )


def moving_in_words(reach: MoveReach) -> str:
    """Say who is written to when the deadline is moved; nothing if nobody is on their way."""
    usual, own = reach.with_the_deadline, reach.by_themselves
    said = []
    if usual:
        people = (
            "1 person who is still on their way is" if usual == 1 else f"{usual} people who are still on their way are"
        )
        said.append(f"If you change the deadline, {people} written to by mail.")
    if own:
        people = "1 person has" if own == 1 else f"{own} people have"
        said.append(f"{people} an end of their own: a mail goes to them only if that moves too.")
    return " ".join(said)


def _member(member: Member) -> MemberLine:
    return MemberLine(
        member.user_id,
        isolated(member.name),
        member.email,
        tuple(PARTS[part] for part in member.parts),
        frozenset(part.value for part in member.parts),
    )


def present_choices(choices: tuple[FormChoice, ...], chosen: str) -> tuple[ChoiceLine, ...]:
    """Word the forms to choose from."""
    return tuple(
        ChoiceLine(
            name=each.name,
            title=each.title,
            facts=(
                f"About {each.minutes} minutes, {each.n_scenarios} scenarios, {STATUSES[each.status]}, "
                f"scored with the key {each.key_id}."
            ),
            worth=each.worth,
            use="May support selection." if each.supports_selection else "For preparing interviews only.",
            chosen=each.name == chosen,
        )
        for each in choices
    )


def choice_of(found: OpeningDetails, choices: tuple[FormChoice, ...]) -> str:
    """Name the choice that an opening has now: the same form and key, else the same form's name, else none."""
    same = [
        each.name for each in choices if (each.form_digest, each.key_digest) == (found.form.digest, found.key.digest)
    ]
    named = [each.name for each in choices if each.name == found.form.id]
    return next(iter((*same, *named)), "")


def deadline_in_words(deadline: Deadline) -> str:
    """Write a deadline on the clocks of its zone: Friday 4 December 2026, 17:00 (Europe/Berlin, UTC+01:00)."""
    local = deadline.local
    offset = f"{local:%z}"
    zone = deadline.zone if deadline.zone == "UTC" else f"{deadline.zone}, UTC{offset[:3]}:{offset[3:5]}"
    day = f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{day}, {local:%H:%M} ({zone})"
