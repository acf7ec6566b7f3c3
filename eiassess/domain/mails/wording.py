"""Wording of mails: a subject and a text with placeholders, checked before it is kept and filled when it is read.

A text is paragraphs with an empty line between them. ``((name))`` stands for a value. A paragraph one of whose values
is empty is left out, so that a mail without a deadline says nothing of one.
"""

import html
import re
from dataclasses import dataclass

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder, values_by_name
from eiassess.domain.names import isolated
from eiassess.errors import InvalidInputError

SUBJECT_AT_MOST, TEXT_AT_MOST = 200, 10_000
_PLACEHOLDER = re.compile(r"\(\(([^()]*)\)\)")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class MailWording:
    """A subject and a text, with placeholders."""

    subject: str
    text: str


@dataclass(frozen=True)
class FilledMail:
    """A mail as its reader reads it: one subject, the same text plain and as HTML (paragraphs, without a page)."""

    subject: str
    text: str
    html: str


def checked_wording(kind: MailKind, subject: str, text: str) -> MailWording:
    """Return wording that can be filled, with line ends and spaces in order.

    Raises
    ------
    InvalidInputError
        It names a placeholder that this kind does not have, leaves out one that is needed, or is empty or too long;
        the error names ``subject`` or ``text``.
    """
    wording = MailWording(_SPACES.sub(" ", subject).strip(), _tidy(text))
    _check_length("subject", wording.subject, SUBJECT_AT_MOST)
    _check_length("text", wording.text, TEXT_AT_MOST)
    for field, written in (("subject", wording.subject), ("text", wording.text)):
        _check_placeholders(kind, field, written)
    _check_subject(kind, wording.subject)
    _check_needed(kind, wording.text)
    return wording


def filled(kind: MailKind, wording: MailWording, values: MailValues) -> FilledMail:
    """Fill wording with one mail's values.

    Parameters
    ----------
    kind
        The kind of mail.
    wording
        Checked wording of that kind.
    values
        The values of that kind.

    Returns
    -------
    FilledMail
        The mail; values stand in it as they are, so nothing in a name can become a heading, a tag or another line.
    """
    texts, placeholders = values_by_name(values), kind.placeholders
    paragraphs = [each for each in _PARAGRAPHS.split(wording.text) if all(texts[name] for name in _names(each))]
    return FilledMail(
        subject=_SPACES.sub(" ", _filled(wording.subject, texts, placeholders)).strip(),
        text="\n\n".join(_filled(each, texts, placeholders) for each in paragraphs) + "\n",
        html="\n".join(_html_paragraph(each, texts, placeholders) for each in paragraphs) + "\n",
    )


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n\n".join(_PARAGRAPHS.split("\n".join(lines).strip()))


def _check_length(field: str, written: str, most: int) -> None:
    if not written:
        message = f"Write a {field}"
        raise InvalidInputError(message, field)
    if len(written) > most:
        message = f"The {field} has {len(written)} characters; at most {most} are possible"
        raise InvalidInputError(message, field)


def _check_placeholders(kind: MailKind, field: str, written: str) -> None:
    known = ", ".join(f"(({name}))" for name in kind.placeholders)
    for name in _names(written):
        if name not in kind.placeholders:
            message = f"There is no (({name})) in this mail; it knows {known}"
            raise InvalidInputError(message, field)
    rest = _PLACEHOLDER.sub("", written)
    for bracket in ("((", "))"):
        if bracket in rest:
            message = f"A placeholder is written with two brackets on both sides; one {bracket} has no other half"
            raise InvalidInputError(message, field)


def _check_subject(kind: MailKind, subject: str) -> None:
    for name in _names(subject):
        if kind.placeholders[name].is_link or (kind.is_secret and kind.placeholders[name].is_needed):
            message = f"(({name})) belongs in the text; subjects are shown on locked screens"
            raise InvalidInputError(message, "subject")


def _check_needed(kind: MailKind, text: str) -> None:
    named = set(_names(text))
    for name, placeholder in kind.placeholders.items():
        if placeholder.is_needed and name not in named:
            message = f"The text needs (({name})), {placeholder.says}; without it the mail is of no use"
            raise InvalidInputError(message, "text")


def _names(written: str) -> list[str]:
    return [_name(found[1]) for found in _PLACEHOLDER.finditer(written)]


def _name(inside: str) -> str:
    """Read what stands between brackets as people write it: ``((Invited by))`` is ``invited_by``."""
    return _SPACES.sub("_", inside.strip()).lower()


def _filled(written: str, texts: dict[str, str], placeholders: dict[str, Placeholder]) -> str:
    def value(found: re.Match[str]) -> str:
        name = _name(found[1])
        return texts[name] if placeholders[name].is_link else isolated(texts[name])

    return _PLACEHOLDER.sub(value, written)


def _html_paragraph(paragraph: str, texts: dict[str, str], placeholders: dict[str, Placeholder]) -> str:
    lines = paragraph.split("\n")
    if all(line.startswith("- ") for line in lines):
        points = "".join(f"<li>{_html(line[2:], texts, placeholders)}</li>" for line in lines)
        return f"<ul>{points}</ul>"
    return f"<p>{_html(paragraph, texts, placeholders)}</p>"


def _html(written: str, texts: dict[str, str], placeholders: dict[str, Placeholder]) -> str:
    """Write text as HTML; the pieces that ``split`` gives are in turn our words and a placeholder's name."""
    pieces = _PLACEHOLDER.split(written)
    return "".join(
        _html_value(texts[_name(piece)], placeholders[_name(piece)]) if place % 2 else _escaped(piece)
        for place, piece in enumerate(pieces)
    )


def _html_value(value: str, placeholder: Placeholder) -> str:
    if placeholder.is_link:
        return f'<a href="{html.escape(value)}">{html.escape(value)}</a>'
    return _escaped(isolated(value))


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>\n")
