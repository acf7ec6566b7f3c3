"""Links with a token, made one way: for candidates and experts, without an account, to share, and to get an account.

A link ends in a token that is made from the installation's secret whenever it is needed; the database keeps its hash
only. Why: docs/decisions/0009-links-that-can-be-made-again.md.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from eiassess.errors import RefusedError
from eiassess.persistence.tables import InvitationRecord, PanelExpertRecord, ShareLinkRecord, StaffInvitationRecord
from eiassess.services.identifiers import hash_token, new_id

_TOKEN = re.compile(r"([\w-]{43})[^\w-].*", re.ASCII | re.DOTALL)
"""A token, and after it a character that no token has: 32 bytes are 43 of base64's letters."""

LinkRecord = InvitationRecord | PanelExpertRecord | ShareLinkRecord
"""A row that a link leads to: with the token's hash, when the link ends and when it was closed."""


class LinkPurpose(StrEnum):
    """Whom a link lets in."""

    CANDIDATE = "candidate"
    EXPERT = "expert"
    SHARE = "share"
    STAFF = "staff"
    RESET = "reset"


_PATHS = {
    LinkPurpose.CANDIDATE: "i",
    LinkPurpose.EXPERT: "e",
    LinkPurpose.SHARE: "s",
    LinkPurpose.STAFF: "join",
    LinkPurpose.RESET: "reset",
}


class LinkClosedError(RefusedError):
    """The link cannot be used; the reasons look the same to whoever holds it."""

    def __init__(self) -> None:
        super().__init__("This link cannot be used any more")


@dataclass(frozen=True)
class FreshLink:
    """A link that nobody has yet, and what a row keeps of it: all but token and address."""

    row_id: str
    token: str
    url: str
    expires_at: datetime

    @property
    def token_hash(self) -> str:
        """What is stored in the token's place."""
        return hash_token(self.token)


@dataclass(frozen=True)
class LinkMaker:
    """Makes an installation's links; where it is put together, it is given the secret and the address."""

    secret: str = field(repr=False)
    base_url: str

    def token(self, purpose: LinkPurpose, row_id: str) -> str:
        """Return the token of a row's link, of 256 bits: the same each time."""
        made = hmac.digest(self.secret.encode(), f"eiassess link\n{purpose}\n{row_id}".encode(), "sha256")
        return urlsafe_b64encode(made).rstrip(b"=").decode("ascii")

    def url(self, purpose: LinkPurpose, row_id: str) -> str:
        """Return the address that a row's link is."""
        return f"{self.base_url}/{_PATHS[purpose]}/{self.token(purpose, row_id)}"

    def fresh(self, purpose: LinkPurpose, now: datetime, valid_days: int) -> FreshLink:
        """Make a link for a row that is about to be stored."""
        return self.fresh_for(purpose, now, timedelta(days=valid_days))

    def fresh_for(self, purpose: LinkPurpose, now: datetime, valid: timedelta) -> FreshLink:
        """Make a link for a row that is about to be stored, valid for a time."""
        row_id = new_id()
        return FreshLink(row_id, self.token(purpose, row_id), self.url(purpose, row_id), now + valid)

    def derives(self, record: LinkRecord | StaffInvitationRecord) -> bool:
        """Whether a stored link can be made again; not if it was made with another secret, or at random as once."""
        return hmac.compare_digest(hash_token(self.token(*_made_from(record))), record.token_hash)

    def find_url(self, record: LinkRecord | StaffInvitationRecord) -> str | None:
        """Return the address of a stored link, or nothing if it cannot be made again: then only a new one helps."""
        return self.url(*_made_from(record)) if self.derives(record) else None


def _made_from(record: LinkRecord | StaffInvitationRecord) -> tuple[LinkPurpose, str]:
    if isinstance(record, InvitationRecord):
        return LinkPurpose.CANDIDATE, record.id
    if isinstance(record, StaffInvitationRecord):
        return LinkPurpose.STAFF, record.id
    if isinstance(record, ShareLinkRecord):
        return LinkPurpose.SHARE, record.id
    return LinkPurpose.EXPERT, record.link_id or ""


def hash_of_link(text: str) -> str:
    """Return what is stored of the link that was followed.

    Mail programs take the full stop or bracket after a link along.
    """
    found = _TOKEN.fullmatch(text)
    return hash_token(found[1] if found else text)


def is_open(record: LinkRecord, now: datetime) -> bool:
    """Whether a link still lets anybody in."""
    return record.revoked_at is None and now < record.expires_at
