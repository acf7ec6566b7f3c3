"""Which addresses are taken, how they are stored, and which are one person's."""

import pytest

from eiassess.errors import InvalidInputError
from eiassess.services.people.addresses import checked_email, email_key

LONGEST = f"{'c' * 242}@example.org"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("robin.vale@example.org", "robin.vale@example.org"),
        ("Robin.Vale@Example.ORG", "robin.vale@example.org"),
        (" robin.vale@example.org ", "robin.vale@example.org"),
        ("robin.vale@example.org\u00a0", "robin.vale@example.org"),
        ("\u3000robin.vale@example.org\r\n", "robin.vale@example.org"),
        ("tess+desk@example.org", "tess+desk@example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("jörg.møller@example.org", "jörg.møller@example.org"),
        ("jo\u0308rg@example.org", "jörg@example.org"),
        ("ana@BÜCHER.example", "ana@bücher.example"),
        ("ana@xn--bcher-kva.example", "ana@bücher.example"),
        ("ana@example。org", "ana@example.org"),
        (LONGEST, LONGEST),
        (f"a@{'b' * 63}.org", f"a@{'b' * 63}.org"),
    ],
)
def test_an_address_is_stored_in_one_form(given: str, stored: str) -> None:
    assert checked_email(given) == stored


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("mailto:mika.oduya@example.org", "leave out mailto: and give 'mika.oduya@example.org'"),
        ("MailTo:mika.oduya@example.org", "leave out mailto: and give 'mika.oduya@example.org'"),
        ("Mika Oduya <mika.oduya@example.org>", "give only what stands between < and >, 'mika.oduya@example.org'"),
        ("<mika.oduya@example.org>", "give only what stands between < and >, 'mika.oduya@example.org'"),
        ("mika.oduya@example.org;tess.holm@example.org", "more than one @; give one address at a time"),
        ("mika.oduya@example.org, tess.holm@example.org", "more than one @; give one address at a time"),
        ("tess.\u200bholm@example.org", "cannot be seen, U+200B (ZERO WIDTH SPACE)"),
        ("\ufefftess@example.org", "cannot be seen, U+FEFF (ZERO WIDTH NO-BREAK SPACE)"),
        ("tess@example.org\u200e", "cannot be seen, U+200E (LEFT-TO-RIGHT MARK)"),
        ("te\u00adss@example.org", "cannot be seen, U+00AD (SOFT HYPHEN)"),
        ("te\u3164ss@example.org", "cannot be seen, U+3164 (HANGUL FILLER)"),
        ("te\ufe0fss@example.org", "cannot be seen, U+FE0F (VARIATION SELECTOR-16)"),
        ("te\u00a0ss@example.org", "cannot be seen, U+00A0 (NO-BREAK SPACE)"),
        ("te\tss@example.org", "cannot be seen, U+0009"),
        ("te\udc80ss@example.org", "cannot be seen, U+DC80"),
        ("tess..holm@example.org", "two dots in a row"),
        (".tess@example.org", "before the @ is a dot too many"),
        ("tess.@example.org", "before the @ is a dot too many"),
        ("te ss@example.org", "before the @ stands a space"),
        ("te(ss@example.org", "before the @ stands ("),
        ('"tess holm"@example.org', 'before the @ stands "'),
        ("tess.holm@example.org.", "a dot at the end"),
        ("tess.holm@example.org。", "a dot at the end"),
        ("tess@example..org", "two dots in a row"),
        ("tess@.example.org", "after the @ stands a dot"),
        ("tess.holm@example", "what follows the @ is not a full domain, such as example.org"),
        ("tess@127.0.0.1", "what follows the @ is not a full domain"),
        ("tess@exam ple.org", "not a domain that mail can be sent to"),
        ("tess@exam_ple.org", "not a domain that mail can be sent to"),
        ("tess@example.org>", "not a domain that mail can be sent to"),
        ("tess@[192.0.2.1]", "not a domain that mail can be sent to"),
        (f"a@{'b' * 64}.org", "not a domain that mail can be sent to"),
        ("tess", "not a name, an @ and a domain"),
        ("@example.org", "not a name, an @ and a domain"),
        ("tess@", "not a name, an @ and a domain"),
        ("", "not a name, an @ and a domain"),
        (f"c{LONGEST}", "longer than 254 characters"),
        (f"ö{LONGEST[1:]}", "longer than 254 characters"),
        ("ΐ" * 60 + "@example.org", "longer than 254 characters"),
        (f"{'c' * 240}@bücher.org", "longer than 254 characters"),
    ],
)
def test_what_is_no_address_is_refused_with_the_reason(given: str, why: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        checked_email(given)
    assert "is not an e-mail address: " in str(refused.value)
    assert why in str(refused.value)
    assert str(refused.value).isprintable()


def test_an_endless_text_is_not_repeated_whole() -> None:
    with pytest.raises(InvalidInputError) as refused:
        checked_email("x" * 1_000_000)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("robin@example.org", "ROBIN@EXAMPLE.ORG"),
        ("jörg@example.org", "JO\u0308RG@example.org"),
        ("straße@example.org", "STRASSE@example.org"),
        ("ana@bücher.example", "ana@XN--BCHER-KVA.example"),
        ("\uff52obin@example.org", "robin@example.org"),
        ("forgotten@invalid", "FORGOTTEN@invalid"),
        ("an old..one@exam_ple.org", "An Old..One@Exam_ple.org"),
    ],
)
def test_spellings_of_one_address_have_one_key(one: str, other: str) -> None:
    assert email_key(one) == email_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tess@example.org", "tess+desk@example.org"),
        ("tess.holm@example.org", "tessholm@example.org"),
        ("tess@example.org", "tess@example.com"),
        ("jorg@example.org", "jörg@example.org"),
        ("ana@straße.example", "ana@strasse.example"),
    ],
)
def test_other_addresses_have_another_key(one: str, other: str) -> None:
    assert email_key(one) != email_key(other)
