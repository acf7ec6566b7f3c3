"""What came back, read from a mailbox file: which of our mails, for good or not yet, and why in the server's words.

Real servers disagree about everything but that our id is somewhere in the bytes: docs/mail.md.
"""

import email
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.policy import compat32
from email.utils import parsedate_to_datetime
from pathlib import Path

_ID = re.compile(rb"<([0-9a-f]{24})@")
_OWN_ID = re.compile(rb"^Message-ID:\s*<([0-9a-f]{24})@", re.IGNORECASE | re.MULTILINE)
"""What our ``Message-ID`` begins with; whether it is one of ours the caller knows."""
_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_DAEMON = re.compile(r"mailer-daemon|postmaster|mail delivery", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_FROM_LINE = b"From "
_GAVE_UP = re.compile(r"4\.4\.7|envelope expired|retry timeout exceeded", re.IGNORECASE)
_NO_REASON = re.compile(r"^[245]\.0\.0$")
_CODE = re.compile(r"\b[45]\d\d[ -]|\b[45]\.\d+\.\d+\b")
WORDS_AT_MOST = 500


@dataclass(frozen=True)
class Bounce:
    """A report about one mail.

    Parameters
    ----------
    ids
        What could be the id of our mail, the likeliest first: a reminder's headers name the invitation too.
    is_final
        Whether the server has given up; a report of a delay is not.
    words
        Why, as the server says it.
    written_at
        When the report was written, as it says itself; nothing if it names no day, or one without a time zone.
    """

    ids: tuple[str, ...]
    is_final: bool
    words: str
    written_at: datetime | None = None


def read_mailbox(path: Path) -> Iterator[bytes]:
    """Give the mails of a mailbox file (mbox), one after the other; a ``From `` that was quoted stays quoted."""
    collected: list[bytes] = []
    after_blank = True
    with path.open("rb") as file:
        for line in file:
            if after_blank and line.startswith(_FROM_LINE):
                if collected:
                    yield b"".join(collected)
                collected = []
            else:
                collected.append(line)
            after_blank = not line.strip()
    if collected:
        yield b"".join(collected)


def read_bounce(raw: bytes) -> Bounce | None:
    """Read a mail as a report of a failure or a delay; nothing if it is neither, such as a person's answer.

    Parameters
    ----------
    raw
        The mail as it stands in the mailbox.
    """
    ids = _ids(raw)
    message = email.message_from_bytes(raw, policy=compat32)
    if not ids or not _is_report(message):
        return None
    said = [block for part in message.walk() if part.get_content_type() in _REPORTS for block in _blocks(part)]
    text = _first_text(message)
    actions = {block.get("action", "").lower() for block in said} - {""}
    if actions and actions <= {"relayed", "delivered", "expanded"}:
        return None
    return Bounce(ids, _is_final(said, actions, text), _words(said, text), _written_at(message))


def _written_at(message: Message) -> datetime | None:
    try:
        said = parsedate_to_datetime(str(message.get("Date", "")))
    except ValueError:
        return None
    return said if said.tzinfo else None


def _ids(raw: bytes) -> tuple[str, ...]:
    """List what could be our id: first what stands as a mail's own, then the others, the last (its parent) first."""
    found = [*_OWN_ID.findall(raw), *reversed(_ID.findall(raw))]
    return tuple(dict.fromkeys(each.decode() for each in found))


def _is_report(message: Message) -> bool:
    """Whether a program wrote it: a report by its type, or something from the mail system that nobody answers."""
    if message.get_content_type() == "multipart/report" or any(
        part.get_content_type() in _REPORTS for part in message.walk()
    ):
        return True
    from_nobody = message.get("Return-Path", "").strip() == "<>"
    return from_nobody or bool(_DAEMON.search(message.get("From", "")))


def _blocks(part: Message) -> Iterable[dict[str, str]]:
    """Read the fields of a report's blocks; the email package parts one kind of report into blocks, not the other."""
    payload = part.get_payload()
    whole = "\n\n".join(map(str, payload)) if isinstance(payload, list) else str(payload)
    for text in re.split(r"\r?\n\r?\n", whole):
        fields = email.message_from_string(text.strip(), policy=compat32)
        yield {name.lower(): _SPACES.sub(" ", str(value)).strip() for name, value in fields.items()}


def _first_text(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            decoded = part.get_payload(decode=True)
            return decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else ""
    return ""


def _is_final(said: list[dict[str, str]], actions: set[str], text: str) -> bool:
    """Whether the server has given up: OpenSMTPD says so with a report of a delay, and dma has no report at all."""
    if "failed" in actions or not said:
        return True
    statuses = " ".join(block.get("status", "") for block in said)
    return bool(_GAVE_UP.search(f"{statuses}\n{text}"))


def _words(said: list[dict[str, str]], text: str) -> str:
    """Take the diagnosis where there is one, else what the text says, else the bare status."""
    for block in said:
        if block.get("diagnostic-code"):
            return _shortened(block["diagnostic-code"].partition(";")[2] or block["diagnostic-code"])
    lines = [line.strip() for line in text.splitlines()]
    telling = [line for line in lines if _CODE.search(line) or _GAVE_UP.search(line)]
    if telling:
        return _shortened(telling[0])
    status = next((block["status"] for block in said if block.get("status")), "")
    return _shortened(status if status and not _NO_REASON.match(status) else " ".join(filter(None, lines)))


def _shortened(words: str) -> str:
    return _SPACES.sub(" ", words).strip()[:WORDS_AT_MOST]
