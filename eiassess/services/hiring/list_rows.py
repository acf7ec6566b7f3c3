"""What is wrong in a list of people itself, before anybody looks who was invited: names, addresses, doubles."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eiassess.errors import InvalidInputError
from eiassess.people_lists.persons import ListedPerson
from eiassess.people_lists.places import ListSaid
from eiassess.services.people.accounts import checked_name
from eiassess.services.people.addresses import address_problem, checked_email, email_key

DOUBLED = "has the address of a row above; one person is invited once, so only the first is taken"


@dataclass(frozen=True)
class ListRow:
    """A row of a list: who, and what is wrong in the list itself.

    Parameters
    ----------
    key
        What spellings of the address have in common; empty if it is none.
    """

    sheet: str
    row: int
    name: str
    email: str
    key: str
    phone: str
    problems: tuple[ListSaid, ...] = ()
    notes: tuple[ListSaid, ...] = ()


def judge_rows(people: Iterable[ListedPerson]) -> tuple[ListRow, ...]:
    """Judge each row by itself, and of rows with one address take the first."""
    seen: dict[str, ListedPerson] = {}
    return tuple(_judged(person, seen) for person in people)


def _judged(person: ListedPerson, seen: dict[str, ListedPerson]) -> ListRow:
    problems = person.problems or (*_of_name(person), *_of_address(person))
    if problems:
        key = "" if address_problem(person.email) else email_key(person.email)
        return ListRow(person.sheet, person.row, person.name, person.email, key, person.phone, problems, person.notes)
    name, email = checked_name(person.name), checked_email(person.email)
    key = email_key(email)
    first = seen.setdefault(key, person)
    doubled = () if first is person else (_doubled(person, first),)
    return ListRow(person.sheet, person.row, name, email, key, person.phone, doubled, person.notes)


def _of_name(person: ListedPerson) -> Sequence[ListSaid]:
    try:
        checked_name(person.name)
    except InvalidInputError as error:
        return (ListSaid(person.sheet, person.row, person.columns[0], "", str(error)),)
    return ()


def _of_address(person: ListedPerson) -> Sequence[ListSaid]:
    problem = address_problem(person.email)
    if not problem:
        return ()
    said = f"is not an e-mail address: {problem}"
    return (ListSaid(person.sheet, person.row, person.columns[1], person.email, said),)


def _doubled(person: ListedPerson, first: ListedPerson) -> ListSaid:
    noun = "row" if first.sheet else "line"
    where = f"{noun} {first.row}" if first.sheet in {"", person.sheet} else f"sheet {first.sheet}, row {first.row}"
    return ListSaid(person.sheet, person.row, person.columns[1], f"{person.email} (as in {where})", DOUBLED)


def said_as_json(said: Iterable[ListSaid]) -> str:
    """Write what is said of places so that it can be kept."""
    return json.dumps([[each.sheet, each.row, each.column, each.held, each.said] for each in said], ensure_ascii=False)


def said_from_json(text: str) -> tuple[ListSaid, ...]:
    """Read what ``said_as_json`` wrote."""
    return tuple(ListSaid(*each) for each in json.loads(text))
