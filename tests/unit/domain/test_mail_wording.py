"""Wording of mails: checked before it is kept, and filled so that no value can become anything but text."""

from dataclasses import replace
from typing import Any

import pytest

from eiassess.domain.mail_kinds import (
    DEADLINE_MOVED,
    INVITATION,
    MAIL_KINDS,
    ONE_USE_CODE,
    MailKind,
    get_mail_kind,
)
from eiassess.domain.mail_states import MailState
from eiassess.domain.mails.wording import SUBJECT_AT_MOST, TEXT_AT_MOST, FilledMail, checked_wording, filled
from eiassess.errors import InvalidInputError, NotFoundError

SUBJECT, TEXT = "About ((opening))", "Hello ((name)),\n\n((link))"


def fill(text: str, kind: MailKind = INVITATION, subject: str = SUBJECT, **values: str) -> FilledMail:
    sample: Any = kind.sample()
    return filled(kind, checked_wording(kind, subject, text), replace(sample, **values))


def refusal(subject: str = SUBJECT, text: str = TEXT, kind: MailKind = INVITATION) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        checked_wording(kind, subject, text)
    return caught.value.field, str(caught.value)


def test_every_kind_is_listed_by_its_own_name() -> None:
    assert all(get_mail_kind(name) is kind and kind.name == name for name, kind in MAIL_KINDS.items())
    assert len(MAIL_KINDS) == 16
    with pytest.raises(NotFoundError, match="no kind of mail 'postcard'; there are invitation, reminder"):
        get_mail_kind("postcard")


@pytest.mark.parametrize("kind", MAIL_KINDS.values(), ids=MAIL_KINDS)
def test_every_placeholder_says_what_it_is_and_has_a_sample(kind: MailKind) -> None:
    for placeholder in kind.placeholders.values():
        assert placeholder.says
        assert placeholder.sample
    assert kind.title
    assert kind.summary.endswith(".")


def test_every_state_has_words() -> None:
    words = [state.words for state in MailState]
    assert "not known" in words
    assert not any("_" in word for word in words)


def test_an_unknown_placeholder_is_named_with_those_that_are_known() -> None:
    field, message = refusal(text="((link)) ((nmae))")
    assert field == "text"
    assert message.startswith("There is no ((nmae)) in this mail; it knows ((name)), ((opening)), ")
    assert message.endswith("((link)), ((contact))")
    assert refusal(subject="((salary))")[0] == "subject"


@pytest.mark.parametrize(
    ("subject", "text", "field", "said"),
    [
        ("", TEXT, "subject", "Write a subject"),
        (SUBJECT, " \n ", "text", "Write a text"),
        ("x" * (SUBJECT_AT_MOST + 1), TEXT, "subject", "has 201 characters; at most 200"),
        (SUBJECT, TEXT + "x" * TEXT_AT_MOST, "text", "at most 10000"),
        (SUBJECT, "((link)) ((name)", "text", "one (( has no other half"),
        (SUBJECT, "((link)) name))", "text", "one )) has no other half"),
        (SUBJECT, "Hello ((name))", "text", "needs ((link)), the link to the assessment"),
        ("Go to ((link))", TEXT, "subject", "((link)) belongs in the text"),
    ],
)
def test_wording_that_cannot_be_used_says_what_to_mend(subject: str, text: str, field: str, said: str) -> None:
    found, message = refusal(subject, text)
    assert found == field
    assert said in message


def test_a_secret_stands_in_no_subject_but_a_day_may() -> None:
    assert refusal("Code ((code))", "((code))", ONE_USE_CODE)[0] == "subject"
    assert checked_wording(DEADLINE_MOVED, "Now ((deadline))", "((deadline)) ((link))").subject == "Now ((deadline))"


def test_placeholders_are_read_as_people_write_them() -> None:
    assert fill("(( Name )), ((LINK))", name="Casey").text.startswith("Casey, https://")


def test_line_ends_and_spaces_are_put_in_order() -> None:
    wording = checked_wording(INVITATION, " A  B\r\n ", "One  \r\ntwo\r\n\r\n\r\n \t\r\n((link))\r")
    assert (wording.subject, wording.text) == ("A B", "One\ntwo\n\n((link))")


def test_a_paragraph_with_an_empty_value_is_left_out_whole() -> None:
    mail = fill("Hello.\n\nUntil ((deadline)), ((name)).\n\n((link))", deadline="")
    assert mail.text == f"Hello.\n\n{INVITATION.placeholders['link'].sample}\n"
    assert mail.html.count("<p>") == 2


def test_a_value_is_never_a_tag_a_placeholder_or_another_line_of_the_subject() -> None:
    mail = fill("((name))\n((link))", name='<b onclick="x">((opening))</b>', opening="One\nBcc: two")
    assert mail.subject == "About One Bcc: two"
    assert '<b onclick="x">((opening))</b>' in mail.text
    assert "<b " not in mail.html
    assert "&lt;b onclick=&quot;x&quot;&gt;((opening))&lt;/b&gt;<br>" in mail.html


def test_a_link_is_whole_in_both_and_followed_in_html() -> None:
    link = "https://hiring.example.org/i/" + "x" * 43 + "?a=1&b=2"
    mail = fill("Here:\n((link))", link=link)
    assert f"Here:\n{link}\n" in mail.text
    assert '<p>Here:<br>\n<a href="https://hiring.example.org/i/' in mail.html
    assert 'a=1&amp;b=2">' in mail.html


def test_points_become_a_list() -> None:
    assert "<ul><li>one</li><li>Casey</li></ul>" in fill("- one\n- ((name))\n\n((link))", name="Casey").html


def test_a_name_from_right_to_left_is_closed_off() -> None:
    mail = fill("((name)): ((link))", name="שלמה")
    assert "\u2068שלמה\u2069: " in mail.text
    assert "\u2068שלמה\u2069: " in mail.html
