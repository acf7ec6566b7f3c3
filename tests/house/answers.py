"""What holds for every answer, whatever was asked."""

from werkzeug.test import TestResponse

from eiassess.web.shell.security import CONTENT_SECURITY_POLICY

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
INTERNALS = ("Traceback", "eiassess/", "site-packages", "sqlalchemy", "sqlite", "werkzeug", "jinja2", "psycopg")


def check_answer(answer: TestResponse, *, static: bool = False) -> None:
    """See that headers are there, nothing is kept on the way, cookies are tied down, and no error tells of us."""
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value, f"{answer.request.path}: {name}"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    if not static:
        assert answer.headers["Cache-Control"] == "no-store", answer.request.path
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert cookie.startswith("__Host-"), cookie
        assert all(part in cookie for part in ("; Secure", "; HttpOnly", "; Path=/")), cookie
        assert "SameSite=Lax" in cookie or "Expires=Thu, 01 Jan 1970" in cookie, cookie
        assert "Domain" not in cookie
    if answer.status_code >= 400:
        text = answer.get_data().decode("utf-8", "replace")
        assert not [each for each in INTERNALS if each.lower() in text.lower()], text
    assert "Server" not in answer.headers
