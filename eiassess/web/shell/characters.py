"""Characters that no page may hold: what somebody sends comes back to them without these."""

import re

from flask import Flask, Response

_NOT_IN_HTML = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
"""Control characters in UTF-8, but for tabs and ends of lines; a page with one of them is not valid HTML."""


def leave_out_controls(app: Flask) -> None:
    """Have every page sent without control characters, which a name or a search may hold."""

    @app.after_request
    def _leave_out(response: Response) -> Response:
        if response.mimetype == "text/html" and not response.is_streamed:
            content = response.get_data()
            if _NOT_IN_HTML.search(content):
                response.set_data(_NOT_IN_HTML.sub(b"", content))
        return response
