"""What servers send back, one made-up report of each shape: which mail, for good or not, and why."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from eiassess.mail.bounces import Bounce, read_bounce, read_mailbox

OURS, INVITATION = "5f3a9c0e1b2d4f6a8c0e1b2d", "aaaaaaaaaaaaaaaaaaaaaaaa"
ORIGINAL = f"""\
From: Hiring <jobs@example.org>
To: Casey <casey@example.com>
Subject: A reminder
Message-ID: <{OURS}@example.org>
In-Reply-To: <{INVITATION}@example.org>
References: <{INVITATION}@example.org>
"""


def report(*status: str, text: str = "", kind: str = "report", parts: str = "", head: str = "") -> bytes:
    blocks = "\n\n".join(status)
    return f"""\
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: jobs@example.org
{head}Subject: Undelivered Mail
Content-Type: multipart/{kind}; report-type=delivery-status; boundary="xx"

--xx
Content-Type: text/plain

{text}
--xx
Content-Type: message/{parts}delivery-status

{blocks}

--xx
Content-Type: {"message/global-headers" if parts else "text/rfc822-headers"}

{ORIGINAL}
--xx--
""".encode()


def recipient(action: str, status: str, diagnosis: str = "") -> str:
    field = f"\nDiagnostic-Code: {diagnosis}" if diagnosis else ""
    return f"Final-Recipient: rfc822; casey@example.com\nAction: {action}\nStatus: {status}{field}"


ABOUT = "Reporting-MTA: dns; mx.example.org\nArrival-Date: Mon, 2 Nov 2026 12:00:00 +0000"
UNKNOWN = "550 5.1.1 <casey@example.com>: Recipient address rejected: User unknown"
POSTFIX = report(ABOUT, recipient("failed", "5.1.1", f"smtp; {UNKNOWN}"), text="I'm sorry to have to inform you")
POSTFIX_GLOBAL = report(ABOUT, recipient("failed", "5.1.1", f"smtp;\n    {UNKNOWN}"), parts="global-")
POSTFIX_EXPIRED = report(ABOUT, recipient("failed", "4.4.1", "X-Postfix; connect to mx: Connection timed out"))
POSTFIX_DELAYED = report(ABOUT, recipient("delayed", "4.2.0", "smtp; 451 4.2.0 try again"), head="Auto-Submitted: x\n")
POSTFIX_RELAYED = report(ABOUT, recipient("relayed", "2.0.0", "smtp; 250 ok"))
EXIM = report(
    ABOUT, recipient("failed", "5.0.0", "smtp; 550 No such person"), head=f"References: <{OURS}@example.org>\n"
)
EXIM_EXPIRED = report(ABOUT, recipient("failed", "5.0.0"), text="  casey@example.com\n    retry timeout exceeded")
OPENSMTPD_TEXT = """\
    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

casey@example.com: 550 Invalid recipient
"""
OPENSMTPD = report(ABOUT, recipient("failed", "5.0.0"), text=OPENSMTPD_TEXT, kind="mixed")
OPENSMTPD_GAVE_UP = report(
    ABOUT,
    recipient("delayed", "4.4.7"),
    text="Below is a copy. You DO NOT NEED to re-send.\n\ncasey@example.com: Envelope expired",
    kind="mixed",
)
OPENSMTPD_DELAYED = report(ABOUT, recipient("delayed", "4.0.0"), text="casey@example.com: 451 later", kind="mixed")
NULLMAILER = report(ABOUT, recipient("failed", "5.1.1", "smtp; 550 5.1.1 nobody by that name"))
DMA = f"""\
From: MAILER-DAEMON <>
To: jobs@example.org
Subject: Mail delivery failed

Your message could not be delivered to:

casey@example.com: mx.example.com said: 550 5.1.1 User unknown

Message headers follow.

{ORIGINAL}""".encode()
ODD = report(ABOUT, "Action: failed\nStatus: 5.4.6", text="It went round and round.")
BARE = report(ABOUT, "Action: failed\nStatus: 5.0.0", text="It went round and round.")


@pytest.mark.parametrize(
    ("raw", "is_final", "words"),
    [
        (POSTFIX, True, UNKNOWN),
        (POSTFIX_GLOBAL, True, UNKNOWN),
        (POSTFIX_EXPIRED, True, "connect to mx: Connection timed out"),
        (POSTFIX_DELAYED, False, "451 4.2.0 try again"),
        (EXIM, True, "550 No such person"),
        (EXIM_EXPIRED, True, "retry timeout exceeded"),
        (OPENSMTPD, True, "casey@example.com: 550 Invalid recipient"),
        (OPENSMTPD_GAVE_UP, True, "casey@example.com: Envelope expired"),
        (OPENSMTPD_DELAYED, False, "casey@example.com: 451 later"),
        (NULLMAILER, True, "550 5.1.1 nobody by that name"),
        (DMA, True, "casey@example.com: mx.example.com said: 550 5.1.1 User unknown"),
        (ODD, True, "5.4.6"),
        (BARE, True, "It went round and round."),
    ],
    ids=[
        "Postfix",
        "Postfix, international",
        "Postfix, given up",
        "Postfix, delayed",
        "Exim",
        "Exim, given up",
        "OpenSMTPD",
        "OpenSMTPD, given up",
        "OpenSMTPD, delayed",
        "nullmailer",
        "dma",
        "a bare status",
        "no reason but the text",
    ],
)
def test_each_server_is_understood(raw: bytes, is_final: bool, words: str) -> None:  # noqa: FBT001 - a parameter
    bounce = read_bounce(raw)
    assert bounce == Bounce((OURS, INVITATION), is_final, words)
    assert read_bounce(raw.replace(b"\n", b"\r\n")) == bounce


def test_a_report_that_names_our_mail_only_in_its_references() -> None:
    raw = EXIM.split(b"--xx\nContent-Type: text/rfc822-headers")[0]
    raw = raw.replace(f"<{OURS}".encode(), f"<{INVITATION}@example.org> <{OURS}".encode())
    bounce = read_bounce(raw)
    assert bounce
    assert bounce.ids == (OURS, INVITATION)


@pytest.mark.parametrize(
    "raw",
    [
        POSTFIX_RELAYED,
        f"From: casey@example.com\nIn-Reply-To: <{OURS}@example.org>\n\nI cannot come. Code 550 5.1.1.\n".encode(),
        b"From: MAILER-DAEMON <>\n\nSomebody else's mail could not be delivered.\n",
        b"",
    ],
    ids=["taken on by the next server", "a person's answer", "not about us", "nothing"],
)
def test_what_is_no_bounce_of_ours(raw: bytes) -> None:
    assert read_bounce(raw) is None


def test_a_report_without_text_or_type_still_counts() -> None:
    raw = (
        f"Return-Path: <>\nFrom: somebody\nContent-Type: text/html\n\n<p>&lt;{OURS}@example.org&gt; <{OURS}@x>".encode()
    )
    assert read_bounce(raw) == Bounce((OURS,), is_final=True, words="")


def test_a_mailbox_is_read_mail_by_mail(tmp_path: Path) -> None:
    path = tmp_path / "mbox"
    path.write_bytes(
        b"From a Mon\n" + POSTFIX + b"\nFrom b Tue\nSubject: x\n\n>From me\nFrom here on\n\nFrom c\n" + DMA
    )
    first, second, third = read_mailbox(path)
    assert read_bounce(first) == read_bounce(POSTFIX)
    assert second == b"Subject: x\n\n>From me\nFrom here on\n\n"
    assert read_bounce(third) == read_bounce(DMA)
    (tmp_path / "empty").touch()
    assert list(read_mailbox(tmp_path / "empty")) == []


@pytest.mark.parametrize(
    ("date", "written_at"),
    [
        ("Date: Sun, 29 Nov 2026 10:00:00 +0100", datetime(2026, 11, 29, 9, tzinfo=UTC)),
        ("Date: Sun, 29 Nov 2026 10:00:00 -0000", None),
        ("Date: Sun, 29 Nov 2026 10:00:00 +9900", None),
        ("Date: yesterday", None),
        ("X-Nothing: here", None),
    ],
)
def test_a_report_says_when_it_was_written_if_that_can_be_read(date: str, written_at: datetime | None) -> None:
    raw = f"From: MAILER-DAEMON@mx.example\n{date}\n\n550 gone\nMessage-ID: <{'a' * 24}@x.org>\n"
    bounce = read_bounce(raw.encode())
    assert bounce
    assert bounce.written_at == written_at
