"""E-mail addresses: which are taken, how they are stored, and when two are the same."""

import unicodedata

import idna

from eiassess.errors import InvalidInputError

ADDRESS_AT_MOST = 254  # RFC 5321, 4.5.3.1.3, counted in bytes
SHOWN_AT_MOST = 100
_SCHEME = "mailto:"
# White space, controls, formats, halves of pairs, private and unassigned characters
_UNSEEN_CATEGORIES = ("Z", "C")
# Drawn as nothing, though their categories are those of letters, marks and symbols
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}
# RFC 3490, 3.1: full stops of other scripts part a domain too
_FULL_STOPS = dict.fromkeys(map(ord, "\u3002\uff0e\uff61"), ".")
# RFC 5322, 3.2.3: what has a meaning of its own in an address
_SPECIAL = frozenset('()<>[]:;\\,"')


def checked_email(email: str, field: str = "email") -> str:
    """Return an e-mail address in the form that it is stored in: no space around it, small letters.

    Raises
    ------
    InvalidInputError
        It is not one address that mail can be sent to; the message says why, and the error names ``field``.
    """
    email = unicodedata.normalize("NFC", email).strip()
    problem = address_problem(email)
    if problem:
        message = f"{_shown(email)} is not an e-mail address: {problem}"
        raise InvalidInputError(message, field)
    local, _, domain = email.lower().rpartition("@")
    return f"{local}@{idna.decode(_ascii_domain(domain))}"


def email_key(email: str) -> str:
    """Return what two addresses of one mailbox have in common: writing in capitals or another form is no difference.

    Capitals in the domain mean nothing by RFC 1035. Those before the @ could mean something to a mail server, but none
    keeps two people apart by them.
    """
    local, _, domain = unicodedata.normalize("NFKC", email.strip()).rpartition("@")
    try:
        return f"{local.casefold()}@{_ascii_domain(domain)}"
    except UnicodeError:  # an address from before they were checked, or a word in the place of one that was forgotten
        return f"{local.casefold()}@{domain.casefold()}"


def unseen_character(text: str) -> str:
    """Name the first character of a text that cannot be seen; empty if there is none."""
    for character in text:
        if unicodedata.category(character)[0] in _UNSEEN_CATEGORIES or character in _UNSEEN:
            name = unicodedata.name(character, "")
            return f"U+{ord(character):04X} ({name})" if name else f"U+{ord(character):04X}"
    return ""


def address_problem(email: str) -> str:
    """Say why this is no address, or nothing if it is one; the same of all addresses that have the same fault."""
    if email.lower().startswith(_SCHEME):
        return f"leave out {_SCHEME} and give {_shown(email[len(_SCHEME) :])}"
    unseen = unseen_character(email.replace(" ", ""))
    if unseen:
        return f"it has a character that cannot be seen, {unseen}"
    if email.count("@") > 1:
        return "it has more than one @; give one address at a time"
    if email.endswith(">") and "<" in email:
        return f"give only what stands between < and >, {_shown(email.rpartition('<')[2][:-1])}"
    local, at, domain = email.rpartition("@")
    if not (at and local and domain):
        return "it is not a name, an @ and a domain, as in name@example.org"
    return _problem_of_local_part(local) or _problem_of_domain(domain) or _problem_of_length(email)


def _problem_of_local_part(local: str) -> str:
    odd = next((character for character in local if character in _SPECIAL or character == " "), "")
    if odd:
        return f"before the @ stands {'a space' if odd == ' ' else odd}"
    if ".." in local:
        return "it has two dots in a row"
    return "before the @ is a dot too many" if local.startswith(".") or local.endswith(".") else ""


def _problem_of_domain(domain: str) -> str:
    labels = domain.translate(_FULL_STOPS).split(".")
    if labels[-1] == "":
        return "it has a dot at the end"
    if "" in labels:
        return "it has two dots in a row" if labels[0] else "after the @ stands a dot"
    if len(labels) == 1 or labels[-1].isdigit():
        return "what follows the @ is not a full domain, such as example.org"
    try:
        _ascii_domain(domain)
    except UnicodeError:
        return "what follows the @ is not a domain that mail can be sent to"
    return ""


def _problem_of_length(email: str) -> str:
    local, _, domain = email.rpartition("@")
    longest = max(f"{local}@{_ascii_domain(domain)}", email_key(email), email, key=lambda each: len(each.encode()))
    too_long = len(longest.encode()) > ADDRESS_AT_MOST
    return f"it is longer than {ADDRESS_AT_MOST} characters" if too_long else ""


def _ascii_domain(domain: str) -> str:
    """Return a domain as mail servers look it up.

    Raises
    ------
    UnicodeError
        No such domain can be.
    """
    return idna.encode(domain, uts46=True, std3_rules=True).decode("ascii")


def _shown(text: str) -> str:
    """Quote a text with what cannot be seen written out, cut where it is endless."""
    return repr(text if len(text) <= SHOWN_AT_MOST else f"{text[:SHOWN_AT_MOST]}…")
