"""Codes that an authenticator app shows for half a minute each: TOTP after RFC 6238, with SHA-1 and six digits."""

import hmac
import re
from base64 import b32encode
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
ISSUER = "EIAssess"
_CODE = re.compile(rf"[0-9]{{{DIGITS}}}")


def step_at(now: datetime) -> int:
    """Return the number of the half minute that a moment lies in."""
    return int(now.timestamp()) // STEP_SECONDS


def code_of(secret: bytes, step: int) -> str:
    """Return the code of a half minute.

    Examples
    --------
    The first test vector of RFC 6238, cut to six digits:

    >>> code_of(b"12345678901234567890", 59 // 30)
    '287082'
    """
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def typed_code(text: str) -> str | None:
    """Return the digits of what was typed, if it is a code, with or without spaces."""
    digits = "".join(text.split())
    return digits if _CODE.fullmatch(digits) else None


def find_step(secret: bytes, code: str, now: datetime, after: int) -> int | None:
    """Return the half minute whose code this is: now or the one before, if no code of it or a later one was taken."""
    current = step_at(now)
    fitting = [step for step in (current, current - 1) if hmac.compare_digest(code_of(secret, step), code)]
    return next((step for step in fitting if step > after), None)


def secret_in_text(secret: bytes) -> str:
    """Write a secret as apps take it, in groups of four.

    Examples
    --------
    >>> secret_in_text(b"1234567890")
    'GEZD GNBV GY3T QOJQ'
    """
    text = b32encode(secret).decode("ascii").rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address_for_apps(secret: bytes, account: str) -> str:
    """Return what a QR code tells an app: the secret, and whose it is."""
    label = quote(f"{ISSUER}:{account}", safe=":@")
    told = {"secret": secret_in_text(secret).replace(" ", ""), "issuer": ISSUER, "period": STEP_SECONDS}
    return f"otpauth://totp/{label}?{urlencode(told)}"
