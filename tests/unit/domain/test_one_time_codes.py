"""One-time codes as RFC 6238 has them."""

from datetime import UTC, datetime

import pytest

from eiassess.domain.one_time_codes import address_for_apps, code_of, find_step, secret_in_text, step_at, typed_code

SECRET = b"12345678901234567890"
NOW = datetime(2005, 3, 18, 1, 58, 29, tzinfo=UTC)  # a time of RFC 6238's table: 1111111109


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_table_of_the_rfc(seconds: int, code: str) -> None:
    assert code_of(SECRET, step_at(datetime.fromtimestamp(seconds, UTC))) == code[2:]


@pytest.mark.parametrize(("ago", "is_taken"), [(-1, False), (0, True), (1, True), (2, False)])
def test_this_half_minute_and_the_one_before_are_taken(ago: int, *, is_taken: bool) -> None:
    step = step_at(NOW) - ago
    assert find_step(SECRET, code_of(SECRET, step), NOW, after=0) == (step if is_taken else None)


def test_a_code_is_not_taken_again_nor_an_earlier_one() -> None:
    step = step_at(NOW)
    assert find_step(SECRET, code_of(SECRET, step), NOW, after=step) is None
    assert find_step(SECRET, code_of(SECRET, step - 1), NOW, after=step) is None
    assert find_step(SECRET, code_of(SECRET, step), NOW, after=step - 1) == step


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("081804", "081804"),
        (" 081 804 ", "081804"),
        ("81804", None),
        ("08180x", None),
        ("\u0661" * 6, None),
        ("", None),
    ],
)
def test_what_is_typed(typed: str, code: str | None) -> None:
    assert typed_code(typed) == code


def test_what_the_picture_tells_an_app() -> None:
    assert secret_in_text(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert address_for_apps(SECRET, "ann+x@example.org") == (
        "otpauth://totp/EIAssess:ann%2Bx@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=EIAssess&period=30"
    )
