"""Ids, tokens and their hashes."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_id() -> str:
    """Make an id that cannot be guessed or counted."""
    return secrets.token_hex(12)


def new_token() -> str:
    """Make a secret of 256 bits for a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """Hash a secret for storing; its 256 bits of chance need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
