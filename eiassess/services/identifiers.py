"""Ids, tokens and their hashes."""

import hashlib
import re
import secrets

TOKEN_BYTES = 32
_TOKEN = re.compile(r"([\w-]{43})[^\w-].*", re.ASCII | re.DOTALL)
"""A token, and after it a character that no token has: 32 bytes are 43 of base64's letters."""


def new_id() -> str:
    """Make an id that cannot be guessed or counted."""
    return secrets.token_hex(12)


def new_token() -> str:
    """Make a secret of 256 bits for a link or a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def link_token(text: str) -> str:
    """Return the token of a link as it was followed: mail programs take the full stop or bracket after it along."""
    found = _TOKEN.fullmatch(text)
    return found[1] if found else text


def hash_token(token: str) -> str:
    """Hash a secret for storing; its 256 bits of chance need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
