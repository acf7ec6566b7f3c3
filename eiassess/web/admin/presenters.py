"""Plain values for the administrators' pages."""

from dataclasses import dataclass

from eiassess.services.people.signed_in import SignedIn
from eiassess.services.people.staff_list import PEOPLE_A_PAGE, PeopleList, Person, PersonPage, PersonState
from eiassess.web.admin.words import DONE, FILTERS, STATES
from eiassess.web.shell.moments import full_moment, short_day


@dataclass(frozen=True)
class Sought:
    """What the list was asked for."""

    search: str = ""
    show: str = ""
    role: str = ""
    page: int = 1

    def parameters(self, page: int) -> dict[str, str]:
        """Return what stands in the address of a page of the same list."""
        asked = {"q": self.search, "show": self.show, "role": self.role, "page": str(page) if page > 1 else ""}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class PersonLine:
    """Somebody in the list."""

    id: str
    name: str
    email: str
    roles: str
    state: str
    kind: str
    last_sign_in: str


@dataclass(frozen=True)
class PeoplePage:
    """The list, with the sentence that sums it up."""

    lead: str
    lines: tuple[PersonLine, ...]
    sought: Sought
    shown: str
    previous: dict[str, str] | None
    following: dict[str, str] | None
    done: str


def people_page(found: PeopleList, sought: Sought, done: str) -> PeoplePage:
    """Word the list."""
    first = (sought.page - 1) * PEOPLE_A_PAGE
    last = first + len(found.people)
    return PeoplePage(
        lead=_lead(found),
        lines=tuple(_line(each) for each in found.people),
        sought=sought,
        shown=f"{first + 1:,} to {last:,} of {found.n_found:,}" if found.people else "Nobody",
        previous=sought.parameters(sought.page - 1) if sought.page > 1 else None,
        following=sought.parameters(sought.page + 1) if last < found.n_found else None,
        done=DONE.get(done, ""),
    )


def _lead(found: PeopleList) -> str:
    n = {name: sum(found.counts[each] for each in states) for name, (_, states) in FILTERS.items()}
    parts = [f"{n['active']:,} can sign in"]
    if n["invited"]:
        parts.append(
            f"{n['invited']:,} {'was invited and has' if n['invited'] == 1 else 'were invited and have'} not come"
        )
    if n["inactive"]:
        parts.append(f"{n['inactive']:,} {'is' if n['inactive'] == 1 else 'are'} deactivated")
    return f"{', '.join(parts)}."


def _line(person: Person) -> PersonLine:
    state, kind = STATES[person.state]
    roles = ", ".join(role.words for role in person.roles)
    return PersonLine(person.id, person.name, person.email, roles, state, kind, _last(person))


def _last(person: Person) -> str:
    return short_day(person.last_sign_in_at) if person.last_sign_in_at else "never"


@dataclass(frozen=True)
class OnePage:
    """One person."""

    line: PersonLine
    last_sign_in: str
    roles: tuple[str, ...]
    link: str
    server_said: str
    has_come: bool
    is_active: bool
    is_only_administrator: bool
    is_named: bool
    sessions: tuple[str, ...]
    done: str


def one_page(found: PersonPage, sessions: tuple[SignedIn, ...], done: str) -> OnePage:
    """Word one person's page."""
    person = found.person
    return OnePage(
        line=_line(person),
        last_sign_in=full_moment(person.last_sign_in_at) if person.last_sign_in_at else "never",
        roles=tuple(role.value for role in person.roles),
        link=_link(person),
        server_said=person.server_said,
        has_come=person.state.has_come,
        is_active=person.state is PersonState.ACTIVE,
        is_only_administrator=found.is_only_administrator,
        is_named=found.is_named,
        sessions=tuple(
            f"begun {full_moment(each.began_at)}, last used {full_moment(each.seen_at)}" for each in sessions
        ),
        done=DONE.get(done, ""),
    )


def _link(person: Person) -> str:
    if person.link_ends_at is None or person.invited_at is None:
        return ""
    ends = "ended" if person.state is PersonState.LINK_ENDED else "ends"
    return f"Invited {full_moment(person.invited_at)}. The link {ends} {full_moment(person.link_ends_at)}."


def _session(session: SignedIn) -> str:
    return f"begun {full_moment(session.began_at)}, last used {full_moment(session.seen_at)}"
