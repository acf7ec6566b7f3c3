"""Headers on every response, errors included."""

from http import HTTPStatus

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), accelerometer=(), gyroscope=(), payment=()",
}


def headers_of_every_answer(*, https: bool) -> dict[str, str]:
    """Return the headers that the application's answers carry, and the server's own refusals."""
    strict = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
    return {**HEADERS, **(strict if https else {})}


def set_headers(app: Flask, *, https: bool) -> None:
    """Have every response carry the security headers; everything but static files is not to be stored."""
    headers = headers_of_every_answer(https=https)

    @app.after_request
    def _add_headers(response: Response) -> Response:
        response.headers.update(headers)
        if request.endpoint != "static" or response.status_code not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            response.headers["Cache-Control"] = "no-store"
        return response
