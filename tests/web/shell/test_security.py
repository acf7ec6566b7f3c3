"""What browsers are told to refuse, in full: a header that is there and says less would pass otherwise."""

from eiassess.web.shell.security import headers_of_every_answer


def test_pages_load_and_send_to_nobody_else() -> None:
    told = headers_of_every_answer(https=True)
    assert dict(each.split(" ", 1) for each in told["Content-Security-Policy"].split("; ")) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert told["Referrer-Policy"] == "no-referrer"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in headers_of_every_answer(https=False)
