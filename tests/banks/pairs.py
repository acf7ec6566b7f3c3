"""Flip pairs for tests: the small bank with pairs in it, from the two worked examples of a phone and a desk."""

import json
from pathlib import Path

from tests.banks.small_bank import FORM_FILE, KEY, edit, write

SEWING, SCALES, DESK, BUS = "sewing", "sixty-scales", "on-the-sign", "by-bus"
VALUES = {
    SEWING: (2.5, 5.5, 4.5, 2.0),
    SCALES: (5.5, 2.0, 2.5, 4.5),
    DESK: (2.0, 5.5, 4.5, 2.5),
    BUS: (5.5, 2.0, 2.5, 4.5),
}
TEXTS = {
    SEWING: (
        '"I am sorry about Friday. Our loan machine leaves here today, at our cost."',
        '"We did forget you, and I am sorry. Tell me, what does she say to her dragon?"',
        '"I am sorry that nobody rang. On Tuesday I bring it round to you, and I ring you first."',
        '"I am sorry. Before I name a day again, I ask the workshop and ring you back."',
    ),
    DESK: (
        '"Milan, he only asked where it goes. Shall I take over here while you talk to him?"',
        "You leave it for now, and in the break you ask Milan, alone, how his morning has been.",
        "You call the man over, take his form with a kind word, and leave Milan out of it.",
        '"Milan, this is too much for one. I am going up to Sirkka for a second person now."',
    ),
}
SITUATIONS = {
    SEWING: "He sewed the costume by hand, all sixty scales, and it hangs ready on the door for Monday.",
    SCALES: "The costume lies cut on his table, the scales are still to be sewn, and he has one day.",
    DESK: "Six people queue and hear each word, and help comes at noon, as your lead has told you both.",
    BUS: "Nobody is near, your lead knows nothing of it, and thirty people come soon by bus to your desk.",
}
TWINS = {SEWING: SCALES, SCALES: SEWING, DESK: BUS, BUS: DESK}

IRRITANTS = """
[irritants.script]
name = "Script"
meaning = "Says words that fit anybody."
sources = ["own-it"]
interview = { question = "When do set words help?", good = "Names a moment.", poor = "Says always." }

[irritants.rude]
name = "Rude"
meaning = "Says what hurts."
sources = ["own-it", "read-the-room"]
interview = { question = "When did you last lose your calm?", good = "Tells it.", poor = "Never." }
singles_only = true
"""
"""Two irritants for a model: one that any stem can have, and one for singles only."""


def add_pairs(bank: Path) -> Path:
    """Add two flip pairs to a small bank and its key; none stands in a form."""
    for name, twin in TWINS.items():
        write(bank, file_of(name), _scenario(name, twin))
    key = (bank / KEY).read_text(encoding="utf-8")
    write(bank, KEY, key + "".join(_credit(name, place) for name in TWINS for place in range(4)))
    return bank


def file_of(name: str) -> str:
    return f"scenarios/recovery/{name}.toml"


def value_in_key(bank: Path, scenario: str, option: str, value: float) -> None:
    """Change the value of one option in the key."""
    edit(
        bank,
        KEY,
        rf"\[scenarios\.{scenario}\.{option}\]\nvalue = .*",
        f"[scenarios.{scenario}.{option}]\nvalue = {value}",
    )


def put_into_form(bank: Path, *names: str, more: str = "") -> None:
    """Let the form have these scenarios and no others."""
    edit(bank, FORM_FILE, r"^scenarios = .*", f"scenarios = {json.dumps(names)}\n{more}")


def _scenario(name: str, twin: str) -> str:
    texts = TEXTS.get(name) or TEXTS[twin]
    options = "".join(
        f'\n[[options]]\nid = "{option}"\ntext = {json.dumps(text)}\n'
        for option, text in zip("abcd", texts, strict=True)
    )
    return (
        f'id = "{name}"\nversion = 1\ntitle = "{name}"\ncompetency = "recovery"\nkind = "responses"\n'
        f'channel = "phone"\ntrade = "repair"\nstyle = "personal"\nsources = ["own-it"]\ntwin = "{twin}"\n'
        f"situation = {json.dumps(SITUATIONS[name])}\n{options}"
    )


def _credit(name: str, place: int) -> str:
    return (
        f"\n[scenarios.{name}.{'abcd'[place]}]\nvalue = {VALUES[name][place]}\n"
        f'rationale = "The facts of this stem decide what helps him here and now."\nsources = ["own-it"]\n'
    )
