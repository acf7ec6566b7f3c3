"""A mail is handed over in a real conversation, and whatever a server does has one meaning."""

import socket
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.headerregistry import Address
from pathlib import Path

import pytest

from eiassess.config import Encryption, MailServer
from eiassess.mail.building import OutgoingMail
from eiassess.mail.smtp import Answer, Delivery, Moments, Postbox
from tests.mail_host import CUT, KEEP_AND_CUT, MailHost, certificate, running

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SENDER = Address("Hiring", "jobs", "example.org")
LINK = "https://hiring.example.org/i/" + "x" * 43


def mail(number: int = 1, to: str = "casey@example.org", **what: str) -> OutgoingMail:
    made = OutgoingMail(f"<{number:024x}@example.org>", "", "Casey", to, "Hello", f"Here:\n{LINK}\n", f"<p>{LINK}</p>")
    return replace(made, **what)


def server(host: MailHost, encryption: Encryption = Encryption.NEVER, user: str = "") -> MailServer:
    return MailServer("127.0.0.1", host.port, encryption, SENDER, user, host.password if user else "")


def sent(host: MailHost, *mails: OutgoingMail, wanted: Callable[[], bool] = lambda: True) -> list[Answer]:
    with running(host), Postbox(server(host), "hiring.example.org") as postbox:
        return [postbox.hand_over(each, NOON, Moments(still_wanted=wanted)) for each in mails]


def test_a_mail_arrives_as_it_was_written() -> None:
    host = MailHost()
    assert sent(host, mail(thread_of="<first@example.org>")) == [Answer(Delivery.TAKEN, "250 2.0.0 taken")]
    (taken,) = host.taken
    message = taken.message
    assert (taken.sender, taken.to) == ("jobs@example.org", "casey@example.org")
    assert (message["From"], message["To"]) == ("Hiring <jobs@example.org>", "Casey <casey@example.org>")
    assert message["Message-ID"] == "<000000000000000000000001@example.org>"
    assert message["In-Reply-To"] == message["References"] == "<first@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == NOON
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain and html  # noqa: PT018 - both or the next line cannot be
    assert plain.get_content().splitlines() == ["Here:", LINK]
    assert html.get_content().splitlines() == [f"<p>{LINK}</p>"]
    assert host.hellos == ["hiring.example.org"]


def test_long_lines_are_wrapped_for_the_way_and_links_arrive_whole() -> None:
    link = "https://hiring.example.org/" + "y" * 5000
    host = MailHost()
    sent(host, mail(text=f".\n..dots\nÆ {link}\n", html=f"<p>{'long ' * 1000}</p>"))
    assert max(len(line) for line in host.taken[0].content.split(b"\r\n")) < 998
    assert host.taken[0].content.isascii()
    plain = host.taken[0].message.get_body(("plain",))
    assert plain
    assert plain.get_content().splitlines() == [".", "..dots", f"Æ {link}"]


def test_a_repeat_has_the_same_bytes() -> None:
    host = MailHost()
    sent(host, mail(), mail())
    assert host.taken[0].content == host.taken[1].content


def test_a_connection_carries_ten_mails() -> None:
    host = MailHost()
    answers = sent(host, *(mail(number) for number in range(25)))
    assert [answer.delivery for answer in answers] == [Delivery.TAKEN] * 25
    assert [taken.connection for taken in host.taken] == [1] * 10 + [2] * 10 + [3] * 5


@pytest.mark.parametrize("dsn", [True, False])
def test_reports_are_asked_for_where_the_server_has_them(dsn: bool) -> None:  # noqa: FBT001 - a parameter
    host = MailHost(offers=frozenset({"dsn"} if dsn else ()))
    assert sent(host, mail())[0].delivery is Delivery.TAKEN
    options = ("RET=HDRS", "ENVID=000000000000000000000001"), ("NOTIFY=FAILURE",)
    assert (host.taken[0].mail_options, host.taken[0].rcpt_options) == (options if dsn else ((), ()))


class TestInternationalAddresses:
    def test_they_travel_where_the_server_can(self) -> None:
        host = MailHost()
        assert sent(host, mail(to="kåre@example.org"))[0].delivery is Delivery.TAKEN
        assert host.recipients == ["kåre@example.org"]
        assert "SMTPUTF8" in host.taken[0].mail_options
        assert str(host.taken[0].message["To"]) == "Casey <kåre@example.org>"

    def test_they_are_named_where_it_cannot_and_the_next_mail_goes_out(self) -> None:
        host = MailHost(offers=frozenset())
        first, second = sent(host, mail(to="kåre@example.org"), mail(2))
        assert first.delivery is Delivery.REFUSED
        assert first.words.startswith("kåre@example.org has letters before the @ that 127.0.0.1 cannot carry")
        assert second.delivery is Delivery.TAKEN

    def test_an_international_domain_needs_nothing_of_the_server(self) -> None:
        host = MailHost(offers=frozenset())
        assert sent(host, mail(to="kari@blåbær.example", to_name="Kåre"))[0].delivery is Delivery.TAKEN
        assert host.recipients == ["kari@xn--blbr-roah.example"]
        assert host.taken[0].message["To"].addresses[0].display_name == "Kåre"

    def test_what_is_no_address_is_refused_before_the_server_hears_of_it(self) -> None:
        host = MailHost()
        answers = sent(host, mail(to="kari@" + "x" * 70 + "å.example"), mail(2, to="a\nb@example.org"), mail(3))
        assert [answer.delivery for answer in answers] == [Delivery.REFUSED, Delivery.REFUSED, Delivery.TAKEN]
        assert "cannot be written into a mail" in answers[1].words


def answering(command: str, *said: str | None) -> Callable[[str, str], str | None]:
    """Give a command these answers in turn, and then the usual one."""
    left = list(said)
    return lambda asked, _address: left.pop(0) if asked == command and left else None


class TestAnswers:
    @pytest.mark.parametrize("command", ["RCPT", "DATA"])
    def test_what_is_refused_for_good_has_the_servers_words(self, command: str) -> None:
        host = MailHost(says=answering(command, "550 5.1.1 <casey@example.org>: User unknown"))
        refused, taken = sent(host, mail(), mail(2))
        assert refused == Answer(Delivery.REFUSED, "550 5.1.1 <casey@example.org>: User unknown")
        assert (taken.delivery, host.n_connections) == (Delivery.TAKEN, 1)

    @pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
    @pytest.mark.parametrize("code", ["450", "451", "452", "421"])
    def test_what_asks_to_wait_waits(self, command: str, code: str) -> None:
        host = MailHost(says=answering(command, f"{code} not now"))
        later, taken = sent(host, mail(), mail(2))
        assert (later.delivery, later.words) == (Delivery.LATER, f"{code} not now")
        assert later.stops_all == (command == "MAIL" or code == "421")
        assert taken.delivery is Delivery.TAKEN
        assert host.n_connections == (2 if command == "MAIL" or code in {"421", "452"} else 1)

    def test_a_sender_that_is_refused_loses_nobody_their_mail(self) -> None:
        host = MailHost(says=answering("MAIL", "553 5.7.1 Sender address rejected"))
        assert sent(host, mail())[0] == Answer(Delivery.LATER, "553 5.7.1 Sender address rejected", stops_all=True)

    @pytest.mark.parametrize("command", ["MAIL", "RCPT"])
    def test_a_connection_that_breaks_before_the_text_is_tried_again(self, command: str) -> None:
        host = MailHost(says=answering(command, CUT))
        broken, taken = sent(host, mail(), mail(2))
        assert (broken.delivery, broken.stops_all, taken.delivery) == (Delivery.LATER, True, Delivery.TAKEN)

    @pytest.mark.parametrize(("said", "arrived"), [(CUT, []), (KEEP_AND_CUT, ["casey@example.org"])])
    def test_a_connection_that_breaks_after_the_text_tells_nobody_whether_it_arrived(
        self, said: str, arrived: list[str]
    ) -> None:
        host = MailHost(says=answering("DATA", said))
        unknown = sent(host, mail())[0]
        assert unknown.delivery is Delivery.UNKNOWN
        assert unknown.words.startswith("The connection broke before the server answered")
        assert host.recipients == arrived

    def test_a_server_that_is_not_there_is_waited_for(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            nowhere = MailServer("127.0.0.1", probe.getsockname()[1], Encryption.NEVER, SENDER)
            with Postbox(nowhere, "hiring.example.org") as postbox:
                answer = postbox.hand_over(mail(), NOON)
                assert (answer.delivery, answer.stops_all) == (Delivery.LATER, True)
                assert "refused" in answer.words
                assert postbox.try_out() == answer.words

    def test_long_words_are_cut_and_lines_joined(self) -> None:
        host = MailHost(says=answering("RCPT", f"550-first\r\n550 {'x' * 400}"))
        assert sent(host, mail())[0].words.startswith("550 first xxx")


class TestLastMoment:
    def test_what_is_not_wanted_any_more_does_not_arrive(self) -> None:
        host = MailHost()
        decisions = iter([False, True])
        refused, taken = sent(host, mail(), mail(2), wanted=lambda: next(decisions))
        assert (refused.delivery, taken.delivery) == (Delivery.NOT_WANTED, Delivery.TAKEN)
        assert [each.message_id for each in host.taken] == ["<000000000000000000000002@example.org>"]

    def test_an_error_of_whoever_is_asked_goes_on_and_nothing_arrives(self) -> None:
        def fail() -> bool:
            message = "the database is gone"
            raise RuntimeError(message)

        host = MailHost()
        with running(host), Postbox(server(host), "h") as postbox:
            with pytest.raises(RuntimeError, match="the database is gone"):
                postbox.hand_over(mail(), NOON, Moments(still_wanted=fail))
            assert postbox.hand_over(mail(2), NOON).delivery is Delivery.TAKEN
        assert len(host.taken) == 1


class TestEncryption:
    @pytest.fixture
    def made(self, tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
        return certificate(tmp_path)

    def test_starttls_with_a_certificate_that_is_trusted(self, made: tuple[Path, ssl.SSLContext]) -> None:
        host = MailHost(tls=made[1], password="secret/word")
        trusted = ssl.create_default_context(cafile=made[0])
        with running(host):
            for encryption in (Encryption.REQUIRE, Encryption.IF_OFFERED):
                with Postbox(server(host, encryption, user="us"), "h", trusted=trusted) as postbox:
                    assert postbox.try_out() == ""
                    assert postbox.hand_over(mail(), NOON).delivery is Delivery.TAKEN

    def test_tls_from_the_first_byte(self, made: tuple[Path, ssl.SSLContext]) -> None:
        host = MailHost(tls=made[1], from_first_byte=True)
        with (
            running(host),
            Postbox(server(host, Encryption.TLS), "h", trusted=ssl.create_default_context(cafile=made[0])) as postbox,
        ):
            assert postbox.hand_over(mail(), NOON).delivery is Delivery.TAKEN

    @pytest.mark.parametrize("encryption", [Encryption.REQUIRE, Encryption.TLS])
    def test_a_certificate_that_is_not_trusted_gets_no_mail(
        self, made: tuple[Path, ssl.SSLContext], encryption: Encryption
    ) -> None:
        host = MailHost(tls=made[1], from_first_byte=encryption is Encryption.TLS)
        with running(host), Postbox(server(host, encryption), "h") as postbox:
            answer = postbox.hand_over(mail(), NOON)
        assert (answer.delivery, answer.stops_all, host.taken) == (Delivery.LATER, True, [])
        assert "certificate verify failed" in answer.words

    def test_if_offered_takes_any_certificate(self, made: tuple[Path, ssl.SSLContext]) -> None:
        host = MailHost(tls=made[1])
        with running(host), Postbox(server(host, Encryption.IF_OFFERED), "h") as postbox:
            assert postbox.hand_over(mail(), NOON).delivery is Delivery.TAKEN

    def test_without_starttls_what_is_required_is_not_sent(self) -> None:
        host = MailHost()
        with running(host), Postbox(server(host, Encryption.REQUIRE), "h") as postbox:
            answer = postbox.hand_over(mail(), NOON)
            assert (answer.delivery, answer.stops_all) == (Delivery.LATER, True)
            assert postbox.try_out() == answer.words
        assert "offers no STARTTLS" in answer.words
        assert host.taken == []

    @pytest.mark.parametrize(("address", "travels"), [("127.0.0.1", True), ("127.0.0.2", False)])
    def test_a_password_does_not_travel_in_the_open(self, address: str, travels: bool) -> None:  # noqa: FBT001 - a parameter
        host = MailHost(password="secret", address=address)
        with running(host), Postbox(replace(server(host, Encryption.IF_OFFERED, "us"), host=address), "h") as postbox:
            answer = postbox.hand_over(mail(), NOON)
        assert (answer.delivery is Delivery.TAKEN) == travels == bool(host.taken)
        assert ("the password was not sent" in answer.words) != travels

    def test_a_wrong_password_is_said_and_the_mails_wait(self) -> None:
        host = MailHost(password="secret")
        with running(host), Postbox(replace(server(host, user="us"), password="wrong"), "h") as postbox:
            answer = postbox.hand_over(mail(), NOON)
        assert (answer.delivery, answer.stops_all) == (Delivery.LATER, True)
        assert answer.words.startswith("535 ")


@pytest.mark.parametrize("offers", [frozenset({"smtputf8"}), frozenset({"dsn"})])
def test_whether_a_server_takes_international_addresses_is_asked_before(offers: frozenset[str]) -> None:
    host = MailHost(offers=offers)
    with running(host):
        assert Postbox(server(host), "hiring.example.org").takes_international() == ("smtputf8" in offers)


def test_a_server_that_cannot_be_asked_answers_for_itself_later() -> None:
    host = MailHost()
    with running(host):
        pass
    assert Postbox(server(host), "hiring.example.org").takes_international()
    with running(host):
        assert Postbox(server(host, Encryption.REQUIRE), "hiring.example.org").takes_international()
