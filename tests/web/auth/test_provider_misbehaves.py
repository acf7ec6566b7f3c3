"""What a provider of sign-in can do wrong: each is a page that lets nobody in, and none is a failure of ours."""

import base64
import json
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from werkzeug.test import TestResponse

from eiassess.oidc import asking
from eiassess.oidc.conversation import AT_ONCE
from eiassess.web.shell.context import Installation
from tests.sign_in_provider import CLIENT, CONFIGURATION, REALM, SECRET, Reply, SignInHost, another_key, rsa_key
from tests.web.auth.provided import is_in, know, leave, sign_in_there, staff_browser
from tests.web.pages import check_page
from tests.web.people import Clock

TOKEN, KEYS, USERINFO = f"{REALM}/token", f"{REALM}/keys", f"{REALM}/userinfo"


@pytest.fixture
def browser(installation: Installation, host: SignInHost) -> FlaskClient:
    """The browser of somebody who would get in, did the provider behave."""
    know(installation, host)
    return staff_browser(installation, host)


def check_refused(answer: TestResponse, client: FlaskClient, said: str = "does not show who you are") -> None:
    assert answer.status_code in {403, 503}
    assert (answer.status_code == 503) == (said == "does not answer right now")
    assert "You are not signed in" in answer.text
    assert said in answer.text
    assert 'href="/sign-in"' in answer.text
    check_page(answer.text)
    assert not is_in(client)


def unsigned(claims: dict[str, Any]) -> str:
    parts = ({"alg": "none"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=").decode() for each in parts) + "."


def whole_claims(host: SignInHost, **more: Any) -> dict[str, Any]:
    now = int(host.clock().timestamp())
    return {"iss": host.issuer, "sub": host.subject, "aud": CLIENT, "iat": now, "exp": now + 300, **more}


WRONG_CLAIMS: list[dict[str, Any]] = [
    {"iss": None},
    {"iss": "https://evil.example"},
    {"iss": ["x"]},
    {"aud": None},
    {"aud": "another client"},
    {"aud": "another client", "azp": CLIENT},
    {"aud": [CLIENT, "another client"]},
    {"aud": [CLIENT, "another client"], "azp": "another client"},
    {"aud": CLIENT, "azp": "another client"},
    {"aud": {CLIENT: 1}},
    {"aud": []},
    {"aud": 5},
    {"nonce": None},
    {"nonce": "another sign-in"},
    {"nonce": 5},
    {"sub": None},
    {"sub": ""},
    {"sub": 5},
    {"sub": "x" * 256},
    {"exp": None},
    {"exp": "soon"},
    {"exp": 1e308},
    {"exp": float("nan")},
    {"iat": None},
    {"iat": "now"},
    {"nbf": "later"},
    {"at_hash": "of another token"},
    {"at_hash": 5},
    {"amr": "pwd"},
]


@pytest.mark.parametrize("claims", WRONG_CLAIMS, ids=str)
def test_a_token_that_says_something_else(browser: FlaskClient, host: SignInHost, claims: dict[str, Any]) -> None:
    host.claims = claims
    if claims == {"exp": 1e308}:
        assert sign_in_there(browser).location == "/"  # far away, and a number
    else:
        check_refused(sign_in_there(browser), browser)


@pytest.mark.parametrize("claims", [{"aud": [CLIENT]}, {"aud": [CLIENT, "an API"], "azp": CLIENT}, {"at_hash": None}])
def test_a_token_that_says_enough(browser: FlaskClient, host: SignInHost, claims: dict[str, Any]) -> None:
    host.claims = claims
    assert sign_in_there(browser).location == "/"


@pytest.mark.parametrize(
    ("seconds", "code"), [(-410, 303), (110, 303), (-430, 403), (130, 403)], ids=["slow", "fast", "old", "new"]
)
def test_clocks_may_differ_by_two_minutes(
    browser: FlaskClient, host: SignInHost, clock: Clock, seconds: int, code: int
) -> None:
    """Tokens are good for five minutes by the provider's clock, which is ahead or behind."""
    host.clock = lambda: clock() + timedelta(seconds=seconds)
    assert sign_in_there(browser).status_code == code


@pytest.mark.parametrize("expires_in", [1, 60])
def test_an_access_token_of_a_minute_is_of_use(installation: Installation, host: SignInHost, expires_in: int) -> None:
    """Authlib counts it as over a minute before its end, so on arrival."""
    host.given = {"expires_in": expires_in, "refresh_token": "refresh"}
    host.userinfo = {"email": "alice@example.org", "email_verified": True}
    browser = staff_browser(installation, host, links_by_address=True)
    assert sign_in_there(browser).location == "/"
    assert host.asked_for.count(TOKEN) == 1
    assert host.asked_for[-1] == USERINFO


def test_a_code_that_the_provider_does_not_take(browser: FlaskClient, host: SignInHost) -> None:
    back = leave(browser)
    host.codes.clear()
    answer = browser.get(back)
    check_refused(answer, browser)
    assert "no such code" not in answer.text


def test_a_code_of_another_sign_in(installation: Installation, browser: FlaskClient, host: SignInHost) -> None:
    """What proves that we began it is made from the state, which the stolen code does not belong to."""
    stolen = leave(staff_browser(installation, host)).split("code=")[1].split("&")[0]
    back = leave(browser)
    own = back.split("code=")[1].split("&")[0]
    check_refused(browser.get(back.replace(own, stolen)), browser)


def test_a_secret_that_is_wrong(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.sign_in_provider.SECRET", "another")
    check_refused(sign_in_there(browser), browser)


@pytest.mark.parametrize(
    ("methods", "way"),
    [
        (None, "client_secret_basic"),
        (["client_secret_post"], "client_secret_post"),
        (["client_secret_basic"], "client_secret_basic"),
        (["client_secret_basic", "client_secret_post"], "client_secret_post"),
    ],
)
def test_the_secret_goes_as_the_provider_takes_it(
    browser: FlaskClient, host: SignInHost, methods: list[str] | None, way: str
) -> None:
    host.metadata = {"token_endpoint_auth_methods_supported": methods}
    assert sign_in_there(browser).location == "/"
    assert host.ways_of_secret == [way]


@pytest.mark.parametrize(
    "given",
    [
        {"id_token": None},
        {"id_token": ""},
        {"id_token": 5},
        {"id_token": ["x"]},
        {"id_token": "x"},
        {"id_token": "a.b.c"},
        {"id_token": "é.é.é"},
        {"id_token": "." * 3},
        {"id_token": "eyJhbGciOiJSUzI1NiJ9.e30.AA"},
        {"access_token": 5},
        {"access_token": "another"},
        {"expires_in": "soon"},
        {"expires_in": {"x": 1}},
        {"expires_at": []},
        {"error": "temporarily_unavailable"},
        {"error": {"x": 1}},
    ],
    ids=str,
)
def test_an_answer_without_a_token_that_holds(browser: FlaskClient, host: SignInHost, given: dict[str, Any]) -> None:
    host.given = given
    check_refused(sign_in_there(browser), browser)


def test_a_token_without_a_signature(browser: FlaskClient, host: SignInHost) -> None:
    host.given = {"id_token": unsigned(whole_claims(host))}
    check_refused(sign_in_there(browser), browser)


@pytest.mark.parametrize("what", ["secret", "public key"])
def test_a_token_that_is_signed_with_what_others_know(browser: FlaskClient, host: SignInHost, what: str) -> None:
    public = rsa_key().as_pem(private=False)
    key = OctKey.import_key(SECRET if what == "secret" else base64.b64encode(public))
    host.given = {"id_token": jwt.encode({"alg": "HS256", "kid": "first"}, whole_claims(host), key)}
    check_refused(sign_in_there(browser), browser)


def test_a_token_that_somebody_else_signed(browser: FlaskClient, host: SignInHost) -> None:
    host.published = [host.key.as_dict(private=False)]
    host.key = another_key()
    check_refused(sign_in_there(browser), browser)
    assert host.asked_for.count(KEYS) == 2  # looked up again, once


def test_a_key_that_comes_with_the_token_counts_for_nothing(browser: FlaskClient, host: SignInHost) -> None:
    host.published = [host.key.as_dict(private=False)]
    host.key = another_key()
    host.header = {"jwk": host.key.as_dict(private=False), "jku": f"{host.issuer}/other-keys"}
    check_refused(sign_in_there(browser), browser)
    assert f"{REALM}/other-keys" not in host.asked_for


@pytest.mark.parametrize("kid", ["first", "second"])
def test_a_changed_key_is_fetched_once(browser: FlaskClient, host: SignInHost, kid: str) -> None:
    """Some providers change a key and leave its name."""
    back = leave(browser)
    host.key = another_key(kid)
    assert browser.get(back).location == "/"
    assert host.asked_for.count(KEYS) == 2


def test_other_keys_beside_take_nothing_away(browser: FlaskClient, host: SignInHost) -> None:
    own = host.key.as_dict(private=False)
    host.published = [
        {"kty": "AKP", "alg": "ML-DSA-44", "kid": "later", "pub": "AA"},
        {"kty": "EC", "crv": "P-9", "x": "AA", "y": "AA", "kid": "odd"},
        {"kty": "oct", "k": "c2VjcmV0", "kid": "secret"},
        {**another_key("enc").as_dict(private=False), "use": "enc"},
        {"no": "key"},
        own,
    ]
    assert sign_in_there(browser).location == "/"


def test_another_kind_of_signature(browser: FlaskClient, host: SignInHost) -> None:
    host.key, host.algorithm = ECKey.generate_key("P-256", {"kid": "ec"}, private=True), "ES256"
    assert sign_in_there(browser).location == "/"


@pytest.mark.parametrize("where", [CONFIGURATION, KEYS, TOKEN])
@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"", 500), "does not answer right now"),
        (Reply(b"<h1>Bad gateway</h1>", 502, {"Content-Type": "text/html"}), "does not answer right now"),
        (Reply(b"{}", 503), "does not answer right now"),
        (Reply(b"", 404), "does not show who you are"),
        (Reply(b"<h1>Hello</h1>", 200, {"Content-Type": "text/html"}), "does not show who you are"),
        (Reply(b""), "does not show who you are"),
        (Reply(b"null"), "does not show who you are"),
        (Reply(b"[]"), "does not show who you are"),
        (Reply(b"5"), "does not show who you are"),
        (Reply(b"{}"), "does not show who you are"),
        (Reply(b"\xff\xfe\x00"), "does not show who you are"),
        (Reply(b"[" * 200_000), "does not show who you are"),
        (Reply(b'{"x": "' + b"x" * 1_000_001 + b'"}'), "does not show who you are"),
        (Reply(b"{}", 200, {"Content-Length": "50"}), "does not answer right now"),
        (Reply(b"{}", 200, {"Content-Encoding": "gzip"}), "does not answer right now"),
        (Reply(b"zz\r\n{}", 200, {"Transfer-Encoding": "chunked"}), "does not answer right now"),
    ],
    ids=lambda given: repr(given)[:60],
)
def test_an_answer_that_is_none(browser: FlaskClient, host: SignInHost, where: str, reply: Reply, said: str) -> None:
    host.replies = {where: reply}
    if where == TOKEN:
        check_refused(sign_in_there(browser), browser, said)
    else:
        check_refused(browser.get("/sign-in/provider"), browser, said)


@pytest.mark.parametrize("where", [CONFIGURATION, KEYS, TOKEN])
@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_nobody_is_asked_whom_the_provider_sends_us_on_to(
    browser: FlaskClient, host: SignInHost, where: str, code: int
) -> None:
    host.replies = {where: Reply(b"", code, {"Location": f"{host.base}/elsewhere"})}
    answer = sign_in_there(browser) if where == TOKEN else browser.get("/sign-in/provider")
    check_refused(answer, browser)
    assert "/elsewhere" not in host.asked_for


@pytest.mark.parametrize("where", [CONFIGURATION, KEYS, TOKEN])
@pytest.mark.parametrize("how", [{"silent": 2}, {"drips": 0.1}], ids=["silent", "slow"])
def test_nobody_waits_for_ever(
    browser: FlaskClient, host: SignInHost, monkeypatch: pytest.MonkeyPatch, where: str, how: dict[str, float]
) -> None:
    monkeypatch.setattr(asking, "SECONDS_OF_SILENCE", 0.3)
    monkeypatch.setattr(asking, "SECONDS_AN_ANSWER", 0.5)
    host.replies = {where: Reply(b"{" + b" " * 100 + b"}", **how)}
    answer = sign_in_there(browser) if where == TOKEN else browser.get("/sign-in/provider")
    check_refused(answer, browser, "does not answer right now")


def test_nobody_is_there(installation: Installation) -> None:
    gone = SignInHost(installation.clock, "http://127.0.0.1:9")
    browser = staff_browser(installation, gone)
    check_refused(browser.get("/sign-in/provider"), browser, "does not answer right now")


def test_few_of_our_threads_wait_for_it(installation: Installation, host: SignInHost) -> None:
    """The others answer candidates."""
    host.replies = {CONFIGURATION: Reply(json.dumps(host.description()).encode(), silent=2)}
    app = staff_browser(installation, host).application
    waiting = [threading.Thread(target=lambda: app.test_client().get("/sign-in/provider")) for _ in range(AT_ONCE)]
    for each in waiting:
        each.start()
    while len(host.asked_for) < AT_ONCE:
        time.sleep(0.01)
    last = app.test_client()
    check_refused(last.get("/sign-in/provider"), last, "does not answer right now")
    for each in waiting:
        each.join()
    host.replies = {}
    assert last.get("/sign-in/provider").status_code == 303


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": None},
        {"issuer": "https://evil.example"},
        {"issuer": 5},
        {"authorization_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": 5},
        {"token_endpoint": None},
        {"token_endpoint": "http://login.example.org/token"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": None},
        {"jwks_uri": "https://user:password@login.example.org/"},
        {"userinfo_endpoint": "http://login.example.org/me"},
        {"id_token_signing_alg_values_supported": ["HS256", "none"]},
        {"id_token_signing_alg_values_supported": "RS256"},
        {"id_token_signing_alg_values_supported": [5]},
    ],
    ids=str,
)
def test_a_provider_that_describes_itself_as_another(
    browser: FlaskClient, host: SignInHost, metadata: dict[str, Any]
) -> None:
    host.metadata = metadata
    check_refused(browser.get("/sign-in/provider"), browser)


@pytest.mark.parametrize("published", [[], [{"kty": "oct", "k": "c2VjcmV0"}], [5], [{"kty": "RSA", "n": "!", "e": 5}]])
def test_a_provider_without_keys(browser: FlaskClient, host: SignInHost, published: list[Any]) -> None:
    host.published = published
    check_refused(browser.get("/sign-in/provider"), browser)


@pytest.mark.parametrize(
    "userinfo",
    [
        Reply(b'{"sub": "another person", "email": "alice@example.org", "email_verified": true}'),
        Reply(b'{"email": "alice@example.org", "email_verified": true}'),
        Reply(b"[]"),
        Reply(b"eyJ.a.b", 200, {"Content-Type": "application/jwt"}),
        Reply(b"{}", 401),
        Reply(b"{}", 302, {"Location": "/elsewhere"}),
    ],
    ids=repr,
)
def test_more_about_another_person(installation: Installation, host: SignInHost, userinfo: Reply) -> None:
    host.replies = {USERINFO: userinfo}
    browser = staff_browser(installation, host, links_by_address=True)
    check_refused(sign_in_there(browser), browser)


@pytest.mark.parametrize("token_type", ["mac", "", 5])
def test_an_access_token_of_another_kind(installation: Installation, host: SignInHost, token_type: object) -> None:
    host.given = {"token_type": token_type}
    browser = staff_browser(installation, host, links_by_address=True)
    check_refused(sign_in_there(browser), browser)


@pytest.mark.parametrize(
    "back",
    [
        {"code": None, "error": "access_denied", "error_description": "<b>Alice said no</b>"},
        {"code": None, "error": "server_error"},
        {"code": None},
        {"code": ""},
        {"code": "x" * 5000},
    ],
    ids=lambda given: str(given)[:60],
)
def test_the_provider_signs_nobody_in(browser: FlaskClient, host: SignInHost, back: dict[str, Any]) -> None:
    host.comes_back_with = back
    answer = sign_in_there(browser)
    check_refused(answer, browser, "did not sign you in")
    assert "Alice said no" not in answer.text
    assert TOKEN not in host.asked_for


def test_the_return_says_from_whom_it_comes(browser: FlaskClient, host: SignInHost) -> None:
    host.comes_back_with = {"iss": "https://evil.example"}
    check_refused(sign_in_there(browser), browser)
    assert TOKEN not in host.asked_for
    host.comes_back_with = {"iss": host.issuer}
    assert sign_in_there(browser).location == "/"


def test_a_provider_that_always_says_so_has_to(browser: FlaskClient, host: SignInHost) -> None:
    host.metadata = {"authorization_response_iss_parameter_supported": True}
    check_refused(sign_in_there(browser), browser)


@pytest.mark.parametrize("code", ["%00", "a b&c=d#e", "é%ff", "';--"])
def test_codes_of_all_kinds_are_the_providers_business(browser: FlaskClient, host: SignInHost, code: str) -> None:
    host.comes_back_with = {"code": code}
    check_refused(sign_in_there(browser), browser)


def test_made_up_returns_are_passed_on_a_few_times_only(browser: FlaskClient, host: SignInHost, clock: Clock) -> None:
    host.comes_back_with = {"code": "made up"}
    codes = [sign_in_there(browser).status_code for _ in range(21)]
    assert codes == [403] * 20 + [429]
    assert host.asked_for.count(TOKEN) == 20
    answer = sign_in_there(browser)
    assert "Signing in failed many times from where you are" in answer.text
    check_page(answer.text)
    clock.move(minutes=15)
    host.comes_back_with = {}
    assert sign_in_there(browser).location == "/"


def test_what_is_wrong_is_told_in_the_log_and_no_secret(
    browser: FlaskClient, host: SignInHost, caplog: pytest.LogCaptureFixture
) -> None:
    host.claims = {"iss": "https://evil.example"}
    back = leave(browser)
    browser.get(back)
    assert "Nobody was signed in by the provider: the token is of 'https://evil.example'" in caplog.text
    assert SECRET not in caplog.text
    assert back.split("code=")[1].split("&")[0] not in caplog.text


def test_after_an_hour_the_provider_is_read_anew(browser: FlaskClient, host: SignInHost, clock: Clock) -> None:
    browser.get("/sign-in/provider")
    clock.move(minutes=59)
    browser.get("/sign-in/provider")
    assert host.asked_for.count(CONFIGURATION) == 1
    clock.move(minutes=2)
    browser.get("/sign-in/provider")
    assert host.asked_for.count(CONFIGURATION) == 2
