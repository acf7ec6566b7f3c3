"""Pages travel compressed, if the browser can read that.

Why that gives no secret away (BREACH: an attacker who has a page opened with guesses of their own in it, and who sees
its length, learns what else the page holds): browser sessions are ``SameSite=Lax`` and no page may be framed or
fetched by another site, so that another site cannot have a signed-in page opened out of sight; the protection against
forged requests is signed anew, with the time, for each page and worth nothing for another session; and each compressed
page is lengthened by up to `MOST_PADDING` random bytes in gzip's field for a file name ("Heal the BREACH", 2022), which
browsers pass over, so that lengths have to be averaged over very many requests. docs/page-weight.md.
"""

import gzip
import io
import secrets
import string

from flask import Flask, Response, request

TEXT = frozenset({"application/json", "application/javascript", "application/toml", "image/svg+xml"})
"""What is text though its type does not begin with ``text/``. PDFs are compressed within."""

LEAST_BYTES = 300
"""What is shorter gains nothing that counts."""

MOST_PADDING = 64
LEVEL = 6


def compress_answers(app: Flask) -> None:
    """Have every answer that is text compressed where the request says that it can be read."""

    @app.after_request
    def _compress(response: Response) -> Response:
        if not _is_text(response):
            return response
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip") > 0:
            response.set_data(compressed(response.get_data()))
            response.headers["Content-Encoding"] = "gzip"
            etag, _ = response.get_etag()
            if etag:
                response.set_etag(etag, weak=True)  # the same content, in other bytes
        return response


def _is_text(response: Response) -> bool:
    """Tell whether there is text enough; what is sent in pieces, or compressed already, is left alone."""
    if response.direct_passthrough or response.is_streamed or "Content-Encoding" in response.headers:
        return False
    kind = response.mimetype or ""
    is_text = kind.startswith("text/") or kind in TEXT
    return is_text and len(response.get_data()) >= LEAST_BYTES


def compressed(content: bytes) -> bytes:
    """Compress with gzip, to a length that is partly chance."""
    padding = "".join(secrets.choice(string.ascii_letters) for _ in range(1 + secrets.randbelow(MOST_PADDING)))
    packed = io.BytesIO()
    with gzip.GzipFile(padding, "wb", LEVEL, packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()
