"""Where somebody is led back to who had to do something else first."""

import re

_OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def own_path(text: str | None) -> str | None:
    """Return an address if it is one of our own pages; browsers take two slashes, either way, for another host."""
    return text if text and _OWN.fullmatch(text) else None
