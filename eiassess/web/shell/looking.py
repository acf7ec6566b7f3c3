"""Whether somebody looks at a page, or a browser only asks for it ahead."""

from flask import Request


def is_looked_at(request: Request) -> bool:
    """Tell a page that is opened from one that is asked for ahead, or whose head alone is."""
    ahead = (request.headers.get("Sec-Purpose", ""), request.headers.get("Purpose", ""))
    return request.method == "GET" and not any(purpose.startswith("prefetch") for purpose in ahead)
