"""No file of the repository holds a key, a token or a password that opens something.

Small and our own: detect-secrets (1.5.0 of 2024) would bring requests, PyYAML and five more packages for what these
patterns do. It looks at the files as they are, not at their history.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.test_repository import ROOT, files

TOKENS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----",
    "an AWS key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})",
    "a GitLab token": r"\bglpat-[A-Za-z0-9_-]{20}",
    "a Slack token": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "a Stripe key": r"\b[rs]k_live_[A-Za-z0-9]{16,}",
    "a Google key": r"\bAIza[A-Za-z0-9_-]{35}",
    "a token of a model's API": r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}",
    "a token of a package index": r"\bpypi-AgE[A-Za-z0-9_-]{20,}",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
}
PASSWORD_IN_ADDRESS = re.compile(r"\b[a-z][a-z0-9+]*://[^\s/:@'\"`<>{}]+:([^\s/@'\"`<>{}]+)@[\w.-]+", re.IGNORECASE)
MADE_UP = frozenset({"password", "sesame", "secret", "word", "sésame", "a%40b%2f", "swordfish"})
"""Passwords in examples and tests that everybody can see to be made up."""
NAMED = re.compile(
    r"""(?ix) \b [\w-]* (?:secret|passwd|password|token|api[_-]?key|private[_-]?key) [\w-]* ["']? \s* [:=] \s*
    ["']? ([A-Za-z0-9+/=_.~-]{16,}) ["']? \s* (?:[,;\#].*)? $""",
)
CHANCE = 3.3
"""Bits a character from which on a text with letters and digits looks drawn by chance."""
SETTINGS = frozenset({".toml", ".cfg", ".ini", ".env", ".conf", ".yml", ".yaml", ".service", ".sh", ".in", ""})
NAMES = re.compile(r"(?i)^(?:\.env(?:\..*)?|secret-key|\.?htpasswd|\.netrc|\.pgpass|id_(?:rsa|ed25519|ecdsa|dsa))$")
KINDS = frozenset({".pem", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".sqlite", ".sqlite3", ".db"})


def bits(text: str) -> float:
    """Return how much chance a character of a text holds (Shannon)."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())


def secrets_in(name: str, text: str) -> Iterator[str]:
    """Say what in a file looks as if it opened something; never the thing itself, since tests' output is read."""
    path = Path(name)
    if NAMES.match(path.name) or path.suffix in KINDS:
        yield f"{name}: a file of that name"
    for number, line in enumerate(text.splitlines(), 1):
        place = f"{name}:{number}"
        yield from (f"{place}: {what}" for what, pattern in TOKENS.items() if re.search(pattern, line))
        found = PASSWORD_IN_ADDRESS.search(line)
        if found and found[1].lower() not in MADE_UP:
            yield f"{place}: a password in an address"
        given = NAMED.search(line) if path.suffix in SETTINGS else None
        if given and bits(given[1]) > CHANCE and re.search(r"[A-Za-z]", given[1]) and re.search(r"[0-9]", given[1]):
            yield f"{place}: what stands there looks drawn by chance"


def test_no_file_holds_a_secret() -> None:
    found = [
        each
        for path in files()
        for each in secrets_in(path.relative_to(ROOT).as_posix(), path.read_bytes().decode("utf-8", "replace"))
    ]
    assert found == []


# Put together here, or this file would be the one that is found.
PLANTED = {
    "a private key": ("notes.md", "-----BEGIN " + "OPENSSH PRIVATE KEY-----"),
    "an AWS key": ("a.py", "key = '" + "AKIA" + "Q3EGRTSX7W2LMN5P" + "'"),
    "a GitHub token": ("a.py", "ghp" + "_" + "a1B2" * 9),
    "a GitLab token": ("ci.yml", "glpat" + "-" + "x9Yz" * 5),
    "a Slack token": ("a.py", "xoxb" + "-" + "123456789012-abcdef"),
    "a Stripe key": ("a.py", "sk_live" + "_" + "4eC39HqLyjWDarjtT1zdp7dc"),
    "a Google key": ("app.js", "AIza" + "Sy" + "D4e5F6g7H" * 3 + "abcdef"),
    "a token of a model's API": ("a.py", "sk-" + "ant-" + "Zq7" * 12),
    "a token of a package index": ("a.txt", "pypi-" + "AgE" + "IcHlwaS5vcmcCJDk4" * 2),
    "a signed token": (
        "a.py",
        "eyJ" + "hbGciOiJIUzI1NiJ9" + ".eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0" + "." + "dozjgNryP4J3jVmN",
    ),
    "a password in an address": ("running.md", "postgresql" + "://eiassess:" + "Tr0ub4dor@db.example.org/x"),
    "what stands there looks drawn by chance": ("site.toml", "secret_key = " + '"q8Zt3vLx0Wn7RcY5kPbM2sDf"'),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_one_is_found_and_not_repeated(what: str) -> None:
    name, line = PLANTED[what]
    found = list(secrets_in(name, f"first line\n{line}\n"))
    assert [each for each in found if each == f"{name}:2: {what}"]
    assert line not in " ".join(found)


@pytest.mark.parametrize("name", [".env", "deploy/.env.production", "secret-key", "keys/id_ed25519", "tls/site.pem"])
def test_a_file_that_should_not_be_here_is_found_by_its_name(name: str) -> None:
    assert list(secrets_in(name, "")) == [f"{name}: a file of that name"]


@pytest.mark.parametrize(
    "line",
    [
        "EIASSESS_SMTP_URL=smtp://user:password@host:587",
        'secret_key = "a secret for tests alone"',
        "password = correct-horse-battery-staple-again",
        "token_hash: str = Field(unique=True, max_length=64)",
    ],
)
def test_words_are_no_secrets(line: str) -> None:
    assert list(secrets_in("site.toml", line)) == []


def test_what_looks_made_by_chance_and_is_not_named_a_secret_is_a_digest() -> None:
    assert (
        list(secrets_in("a.lock", "--hash=sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))
        == []
    )
