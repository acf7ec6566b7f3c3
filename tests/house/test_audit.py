"""Every route and every command either leaves an entry or says why not; and no entry tells who a candidate is."""

from collections.abc import Iterator

import click
import pytest

from eiassess.cli import audited as of_commands
from eiassess.cli.main import cli
from eiassess.domain.audit.actions import WORDS, Action
from eiassess.services.auditing.reading import AuditFilter, count_entries, list_entries
from eiassess.services.auditing.verifying import verify_audit
from eiassess.web.shell.audited import DEEDS, NOT_AUDITED
from eiassess.web.shell.auditing import look_book
from tests.hiring_story import NOON, rows
from tests.house.conftest import House, sign_in
from tests.house.test_routes import LEAVING, ROWS, Row, routes

WHO = ("candidate", "finished", "expert", "alice", "dana", "avery", "grace", "anonymous")


def commands(command: click.Command, *names: str) -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield " ".join(names)
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found
        yield from commands(found, *names, name)


def test_every_route_is_audited_or_says_why_not(house: House) -> None:
    listed = [*DEEDS, *NOT_AUDITED]
    assert len(listed) == len(set(listed))
    assert set(listed) == {endpoint for endpoint, _ in routes(house)}
    assert all(NOT_AUDITED.values())


def test_every_command_that_opens_the_database_is_audited_or_says_why_not() -> None:
    listed = {*of_commands.DEEDS, *of_commands.NOT_AUDITED}
    assert not set(of_commands.DEEDS) & set(of_commands.NOT_AUDITED)
    apart = {name for name in commands(cli) if name.split()[0] in {"analyse", "bank", "form"}}
    apart |= {"score", "simulate", "doctor", "db upgrade", "outbox test", "report preview"}
    assert listed | apart == set(commands(cli)), "a command without a line; what only reads files stands in this test"


def test_every_action_has_plain_words() -> None:
    assert set(WORDS) == set(Action)
    assert len(set(WORDS.values())) == len(WORDS)


def entered(house: House) -> int:
    look_book(house.app).write(NOON)
    return count_entries(house.story.database)


@pytest.mark.parametrize("each", [*ROWS, *LEAVING], ids=str)
def test_every_deed_leaves_an_entry(house: House, each: Row) -> None:
    """Whoever is let in leaves one, done or refused; nobody leaves none, nor does looking that leads elsewhere."""
    for who in WHO:
        path = house.path(each.path)
        data = {**(each.body or {}), "csrf_token": house.token(who, path)} if each.method == "POST" else None
        before = entered(house)
        answer = house.ask(who, each.method, path, data=data)
        after = entered(house)
        kinds = {"candidate": "candidate", "finished": "candidate", "expert": "expert", "anonymous": ""}
        kind = kinds.get(who, "account")
        of_candidates, of_experts = path.startswith(("/sit", "/i/")), path.startswith(("/rate", "/e/"))
        is_own = kind == ("candidate" if of_candidates else "expert" if of_experts else "account")
        shows = answer.status_code == 200 or answer.status_code >= 400
        is_done = shows or (each.method == "POST" and kind == "account")
        if each.endpoint not in DEEDS or not is_own:
            assert after == before, f"{each} by {who}"
        elif is_done:
            assert after > before, f"{each} by {who}"
            newest = list_entries(house.story.database, AuditFilter()).entries[0]
            assert newest.actor_kind == kind
            assert newest.outcome == ("refused" if answer.status_code >= 400 else "done"), f"{each} by {who}"


def test_no_entry_holds_a_name_an_address_or_a_text(house: House) -> None:
    """After all the above, whatever was typed into addresses too."""
    sign_in(house, "alice")
    for path in ("/candidates/Robin", "/candidates/robin@example.org", "/openings/Adviser/decisions?c=Robin"):
        house.ask("alice", "GET", path)
    entered(house)
    written = str(rows(house.story.database, "audit_entry")).lower()
    for person in ("robin", "sam", "casey", "dominique", "kari", "example.org", "adviser", "nights?"):
        assert person not in written, person
    assert verify_audit(house.story.database).breaks == ()
