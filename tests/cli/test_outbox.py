"""``eiassess outbox`` and ``eiassess worker --once``, over a real conversation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from eiassess.cli.installation import opened_database, settings, utc_now
from eiassess.domain.mail_kinds import INVITATION
from eiassess.services.hiring.invitations import locked_opening
from eiassess.services.hiring.inviting import Invitee, invite_all
from eiassess.services.people import passwords
from tests.cli.conftest import Run
from tests.hiring_story import LINKS
from tests.mail_host import MailHost, running


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailHost]:
    monkeypatch.setattr(passwords, "PASSWORD_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with running(MailHost()) as served:
        monkeypatch.setenv("EIASSESS_SMTP_URL", served.url("?starttls=never"))
        monkeypatch.setenv("EIASSESS_MAIL_FROM", "Hiring <jobs@example.org>")
        monkeypatch.setenv("EIASSESS_INSTANCE", str(tmp_path / "instance"))
        yield served


@pytest.fixture
def invited(run: Run, host: MailHost) -> Run:
    """An installation with Ada and Bea invited; Bea's server knows nobody of that name."""
    host.says = lambda command, address: "550 5.1.1 unknown" if command == "RCPT" and "bea" in address else None
    assert run("db", "upgrade").exit_code == 0
    opening = run("opening", "add", "Adviser").stdout.strip()
    with opened_database(settings()) as database, database.writing() as db:
        people = [Invitee("Ada", "ada@example.org"), Invitee("Bea", "bea@example.org")]
        invite_all(db, LINKS, locked_opening(db, opening), people, utc_now(), valid_days=14)
    return run


def ids(run: Run, *words: str) -> dict[str, str]:
    """Return the mails' ids by their addresses."""
    lines = [line.split("\t") for line in run("outbox", "list", *words).stdout.splitlines()]
    return {line[3]: line[0] for line in lines}


def test_a_test_mail_shows_how_mails_look(run: Run, host: MailHost) -> None:
    result = run("outbox", "test", "me@example.org")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "127.0.0.1 took it: 250 2.0.0 taken\n"
    assert str(host.taken[0].message["Subject"]).startswith("Test: Your invitation")
    body = host.taken[0].message.get_body(("plain",))
    assert body
    assert INVITATION.placeholders["link"].sample in body.get_content()
    host.says = lambda command, _address: "550 no" if command == "RCPT" else None
    result = run("outbox", "test", "me@example.org")
    assert (result.exit_code, result.stderr) == (2, "Error: 127.0.0.1 did not take it: 550 no\n")


def test_without_a_server_a_test_mail_says_what_to_set(
    run: Run, host: MailHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EIASSESS_SMTP_URL")
    result = run("outbox", "test", "me@example.org")
    assert result.exit_code == 2
    assert "EIASSESS_SMTP_URL is not set" in result.stderr
    assert host.taken == []


def test_mails_are_sent_listed_shown_and_tried_again(invited: Run, host: MailHost) -> None:
    assert invited("worker", "--once").exit_code == 0
    assert host.recipients == ["ada@example.org"]
    listed = invited("outbox", "list").stdout
    assert "\tsent\tinvitation\tada@example.org\t250 2.0.0 taken\n" in listed
    assert "\trefused\tinvitation\tbea@example.org\t550 5.1.1 unknown\n" in listed
    refused = ids(invited, "--state", "refused")
    assert list(refused) == ["bea@example.org"]
    shown = invited("outbox", "show", refused["bea@example.org"]).stdout
    assert shown.startswith("To: Bea <bea@example.org>\nSubject: Your invitation: Adviser\n\nHello Bea,\n")
    assert "/i/" not in shown
    host.says = lambda _command, _address: None
    again = invited("outbox", "retry", refused["bea@example.org"])
    assert (again.exit_code, again.stderr) == (0, "1 waiting to be sent.\n")
    assert invited("worker", "--once").exit_code == 0
    assert host.recipients == ["ada@example.org", "bea@example.org"]


def test_what_came_back_is_read_from_a_mailbox(invited: Run, tmp_path: Path) -> None:
    assert invited("worker", "--once").exit_code == 0
    ada = ids(invited)["ada@example.org"]
    report = f"From: MAILER-DAEMON <>\n\nada@example.org: 550 5.1.1 gone\n\nMessage-ID: <{ada}@example.org>\n\n"
    late = (
        "From: MAILER-DAEMON <>\nContent-Type: message/delivery-status\n\n"
        f"Action: delayed\nStatus: 4.2.0\nX: <{ada}@example.org>\n\n"
    )
    mailbox = tmp_path / "mbox"
    mailbox.write_text(f"From a\n{report}From b\n{late}From c\nSubject: lunch\n\nToday?\n", "utf-8")
    for _ in range(2):
        result = invited("outbox", "bounces", str(mailbox))
        assert result.exit_code == 0
        assert result.stdout == f"{ada}\tada@example.org: 550 5.1.1 gone\n"
        assert result.stderr == "1 only late, 1 about none of our mails.\n"
    assert list(ids(invited, "--state", "bounced")) == ["ada@example.org"]


def test_without_a_server_nothing_is_sent_and_a_mail_is_shown_whole(
    invited: Run, host: MailHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EIASSESS_SMTP_URL", "")
    assert invited("worker", "--once").exit_code == 0
    assert host.taken == []
    assert set(ids(invited, "--state", "waiting")) == {"ada@example.org", "bea@example.org"}
    shown = invited("outbox", "show", ids(invited)["ada@example.org"])
    assert "It would not be sent now: The secret of this installation was changed since" in shown.stderr
