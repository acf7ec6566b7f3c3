"""Whether somebody looks at a page, or a browser only asks for it ahead."""

from flask import request


def is_looked_at() -> bool:
    """Whether a page is asked for to be seen, and not only its head, or ahead of time by a browser that guesses."""
    ahead = (request.headers.get("Sec-Purpose", ""), request.headers.get("Purpose", ""))
    return request.method == "GET" and not any(purpose.startswith("prefetch") for purpose in ahead)
