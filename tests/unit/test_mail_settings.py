"""Settings of mail: each that cannot be used says what to write, and none repeats a password."""

from pathlib import Path

import pytest

from eiassess.config import Encryption, Settings, settings_from_environment
from eiassess.errors import SetupError

FROM = "Hiring at Example <jobs@example.org>"


def settings(url: str = "", sender: str = FROM, queue: str = "") -> Settings:
    environment = {"EIASSESS_SMTP_URL": url, "EIASSESS_MAIL_FROM": sender, "EIASSESS_QUEUE_URL": queue}
    return settings_from_environment(environment, Path("/srv"), Path("/banks"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 25, "require", "", "")),
        ("smtp://ann:a%40b%2F@mail.example.org", ("mail.example.org", 587, "require", "ann", "a@b/")),
        ("smtp://mail.example.org:2525?starttls=never", ("mail.example.org", 2525, "never", "", "")),
        ("smtp://mail.example.org?starttls=if-offered", ("mail.example.org", 25, "if-offered", "", "")),
        ("smtps://mail.example.org/", ("mail.example.org", 465, "tls", "", "")),
        ("smtp://localhost", ("localhost", 25, "if-offered", "", "")),
        ("smtp://[::1]:26", ("::1", 26, "if-offered", "", "")),
        ("smtp://localhost?starttls=require", ("localhost", 25, "require", "", "")),
    ],
)
def test_where_mails_go(url: str, expected: tuple[str, int, str, str, str]) -> None:
    mail = settings(url).mail
    assert mail
    assert (mail.host, mail.port, mail.encryption, mail.user, mail.password) == expected
    assert (mail.sender.display_name, mail.sender.addr_spec) == ("Hiring at Example", "jobs@example.org")
    assert mail.encryption is Encryption(expected[2])
    assert mail.is_this_machine == (mail.host in {"localhost", "::1"})


def test_without_a_server_nothing_else_is_asked() -> None:
    assert settings("", "").mail is None


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mail.example.org:587", "has to look like smtp://user:password@mail.example.org:587"),
        ("https://ann:sesame@mail.example.org", "has to look like"),
        ("smtp://ann:sesame@", "has to look like"),
        ("smtp://ann:sesame@mail.example.org/x", "has to look like"),
        ("smtp://ann:ses/ame@mail.example.org", "has to look like"),
        ("smtp://ann@mail.example.org", "both a user and a password"),
        ("smtp://:sesame@mail.example.org", "both a user and a password"),
        ("smtp://ann:sésame@mail.example.org", "in ASCII"),
        ("smtp://ann:sesame@mail.example.org:x", "a port that is none"),
        ("smtp://ann:sesame@mail.example.org?starttls=perhaps", "choose require, if-offered or never"),
        ("smtp://ann:sesame@mail.example.org?tls=1", "knows one option"),
        ("smtps://ann:sesame@mail.example.org?starttls=never", "only for smtp://"),
    ],
)
def test_what_cannot_be_used_says_what_to_write_and_no_password(url: str, said: str) -> None:
    with pytest.raises(SetupError) as caught:
        settings(url)
    assert said in str(caught.value)
    assert "EIASSESS_SMTP_URL" in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_settings_show_no_password() -> None:
    assert "sesame" not in repr(settings("smtp://ann:sesame@mail.example.org"))


@pytest.mark.parametrize(
    "sender", ["", "Hiring", "jobs@localhost", "jøbs@example.org", "jobs@blåbær.no", "@example.org", "a b@example.org"]
)
def test_a_sender_that_nothing_can_come_back_to_is_refused(sender: str) -> None:
    with pytest.raises(SetupError, match=r"EIASSESS_MAIL_FROM is .*; mails need a sender such as Hiring at Example <"):
        settings("smtp://localhost", sender)


def test_where_work_is_woken() -> None:
    assert settings().queue_url == "sqlite:////srv/instance/queue.sqlite"
    assert settings(queue="postgresql://x@y/z").queue_url == "postgresql://x@y/z"
    for other in ("amqp://x:sesame@y", "redis://127.0.0.1", "rediss://127.0.0.1"):
        with pytest.raises(SetupError, match=r"must start with sqlite or postgresql; other .* are not supported$"):
            settings(queue=other)
