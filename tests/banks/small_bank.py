"""A small bank of our own that loads and holds to every rule, for tests to spoil.

Two scenarios of responses and two of emotions, a practice scenario, one key and one form. ``write_small_bank`` writes
it, ``write`` writes one more file, ``edit`` changes one by a regular expression.
"""

import json
import re
from pathlib import Path

FORM = "small-a"
KEY = "keys/theory-1.toml"
FORM_FILE = f"forms/{FORM}.toml"
LOST_KEY = "scenarios/recovery/lost-key.toml"
COLD_SOUP = "scenarios/recovery/cold-soup.toml"
LATE_BUS = "scenarios/understanding-emotions/late-bus.toml"
QUIET_CALLER = "scenarios/understanding-emotions/quiet-caller.toml"
PRACTICE = "scenarios/practice/practice-wet-coat.toml"
ROWS = ("sincere-apology", "own-it", "read-the-room")

BANK = """\
id = "{name}"
version = 1
title = "A small bank"
language = "en"

[scales.responses]
minimum = 1
maximum = 6
labels = ["Very ineffective", "Ineffective", "Rather ineffective", "Rather effective", "Effective", "Very effective"]
question = "How effective is each response?"

[scales.emotions]
minimum = 1
maximum = 6
labels = ["Not at all", "A little", "Somewhat", "Fairly strongly", "Strongly", "Very strongly"]
question = "How strongly does the customer probably feel each of these?"

[prompts.responses.PICK_BEST_AND_WORST]
question = "Which response is best here, and which is worst?"
top = "Best"
bottom = "Worst"

[prompts.emotions.PICK_BEST_AND_WORST]
question = "Which of these does the customer probably feel most, and which least?"
top = "Most"
bottom = "Least"

[notice]
measures = "You rate what could be done in short scenarios."
sees = ["The recruiter sees your results."]
decides = "A person decides about the job."
key_status = "No expert has rated the key yet."
adjustments = "There is no time limit."
rights = ["You can stop at any time."]
stored = "Your answers are stored, with the times when you sent each page."

[evidence]
key = "The authors reasoned the key; no expert has rated it."
norms = "There is no norm group."
reliability = "There is no sample yet."
not_measured = "Personality is not measured."
anchors = "Published tests of this kind have modest validity."
"""

COMPETENCY = """
[competencies.{id}]
name = "{name}"
short_name = "{name}"
definition = "Knowing what helps."
close_to_key = "Rates much as the key does."
far_from_key = "Rates differently from the key."
candidate_feedback = "These scenarios were about what helps."

[[competencies.{id}.interview]]
question = "Tell me about a time when this mattered."
good = "Tells what happened."
poor = "Speaks in general terms."
"""

STYLE = """
[styles.{id}]
name = "{name}"
description = "A kind of customer."

[[styles.{id}.interview]]
question = "How do you serve this kind of customer?"
good = "Names what they listen for."
poor = "Treats all alike."
"""

GROUP = """
[[groups]]
id = "service"
name = "Service"
definition = "Knowing what helps customers."
competencies = ["recovery", "understanding-emotions"]
"""

SOURCE = """
[sources.{id}]
title = "A study"
establishes = "What the study found."
document = "001"
kind = "study"
"""

FORM_TEXT = """\
id = "small-a"
version = 1
title = "Small form A"
format = "RATE_EACH"
instruction = "SHOULD_DO"
key = "theory-1"
practice = ["practice-wet-coat"]
scenarios = ["lost-key", "late-bus", "cold-soup", "quiet-caller"]
"""

KEY_HEAD = """\
id = "theory-1"
version = 1
method = "THEORY"
experts = 0
scale = [1, 6]
"""

SITUATIONS = {
    LOST_KEY: (
        "You work at the desk of a small hotel. Ola Brandt comes down in socks. Her room key has stopped "
        "working for the third time today. She has walked four floors each time, and the lift is broken. She "
        "has a call with her mother in ten minutes, and her phone is in the room. You can make a new key at "
        "once, and you may move her to a room on this floor. She puts the key on the desk and looks at you."
    ),
    COLD_SOUP: (
        "You answer the chat of a shop that brings hot meals to the door. Piet writes that his soup came cold "
        "and half of it was in the bag. He has kept a photo. His son is ill and had asked for this soup all "
        "day. The rider was in a crash on the way and is safe. You can send a new soup in thirty minutes or "
        'give the money back. He writes: "I am not cross. I only want to know what I can tell my boy."'
    ),
    LATE_BUS: (
        "You stand at the door of a tour bus. It is forty minutes late because a road was closed. Ines Falk "
        "has waited in the rain with two small bags. She gets on, smiles at you, and says that these things "
        "happen. Then she sits down, looks at her watch and bites her lip. She takes out a ticket for a play, "
        'reads the time on it twice, and folds it away. "Will we still see the old town?" she asks.'
    ),
    QUIET_CALLER: (
        "You take calls for a firm that mends heaters. Tomas calls about a visit that you have down for next "
        "week. He gives his name, and then he says nothing for a while. You hear a baby cough. He says that "
        "the flat has been cold since Sunday and that he did not want to be a bother. When you read out the "
        'date, his voice drops. "All right," he says. "Then we will go to my sister. It is fine."'
    ),
    PRACTICE: (
        "You look after the coats at a museum. Rosa Lind comes to fetch hers at the end of the day. It hung "
        "under a pipe, and one arm is wet through. It is cold outside, and she has a long walk to her train. "
        "Nobody has told you about the pipe. There is a dryer in the staff room, and you may lend her a coat "
        'from the lost things. She holds up the arm and laughs. "Did it rain in here?"'
    ),
}

OPTIONS: dict[str, dict[str, tuple[str, float, str]]] = {
    LOST_KEY: {
        "a": (
            "You ask her to wait by the desk until the lift is mended, and then to try the same key once more.",
            1.0,
            "She has ten minutes, and this key has failed her three times, so one more try costs her the call.",
        ),
        "b": (
            '"Sorry about the stairs. You get a room here, and I fetch your phone now."',
            5.5,
            "Ola needs the phone first. A room on this floor ends the walk, and the words show that you saw it.",
        ),
        "c": (
            '"Here is a new key, Ms Brandt. It should work this time, so tell me if it does not."',
            4.5,
            "A new key is quick and may do, but she has heard that twice and must climb the stairs again.",
        ),
        "d": (
            "You explain that keys lose their charge beside a phone.",
            1.5,
            "Ola did nothing wrong, and a talk about the cause uses up the minutes that she has left.",
        ),
    },
    COLD_SOUP: {
        "a": (
            '"Tell him that his soup is on its way again, in half an hour."',
            6.0,
            "Piet asks for words for his son. This gives him the words and the soup, with a time that holds.",
        ),
        "b": (
            '"Our rider had a crash today, so please think of him as well before you write."',
            1.5,
            "It is true, but Piet has been kind, and this makes him feel that he was wrong to ask.",
        ),
        "c": (
            '"Your money will be back by tonight, all of it. I hope that your son feels better very soon."',
            4.5,
            "The money is fair and the wish is warm, yet the boy who waits for soup still has none.",
        ),
        "d": (
            "You send the form for spilled food and ask him to fill it in.",
            2.0,
            "He has told you all of it and kept a photo, so a form asks him to do the work again.",
        ),
    },
    LATE_BUS: {
        "a": ("worried", 5.5, "She looks at her watch, bites her lip and reads the time twice: the play is at risk."),
        "b": ("let down", 4.5, "She waited in the rain and now asks what is left of the day that she had planned."),
        "c": ("amused", 1.0, "The smile is there to be polite. Nothing in the scene is funny to her, and it fades."),
        "d": ("angry", 2.0, "She says that these things happen and blames nobody, so anger is faint at the most."),
        "e": ("proud", 1.5, "Nothing here is her own work or success. She is cold, late and unsure of her plan."),
    },
    QUIET_CALLER: {
        "a": ("relieved", 1.0, "The date is a week away, and his voice drops when he hears it. Nothing is eased."),
        "b": ("curious", 2.0, "He asks no question. He gives up on the date and makes a plan of his own at once."),
        "c": ("ashamed", 4.5, "He did not want to be a bother and says that it is fine, as if need were a fault."),
        "d": ("furious", 1.5, "His voice drops and does not rise. He seeks a way out and blames no one for the wait."),
        "e": ("discouraged", 5.5, "He had hoped for help. The date ends that hope, and his voice falls as he says so."),
    },
}  # fmt: skip

PRACTICE_OPTIONS = {
    "a": ('"Here is a warm coat to walk home in. I will dry yours and send it on."', "High: she gets home warm."),
    "b": ('"That must be the pipe. I will tell the people who look after it today."', "In between: true, no help."),
    "c": ('"We take no blame for coats. It says so on the board by the door."', "Low: a rule does not dry an arm."),
    "d": ("You laugh with her, wish her a good walk and turn to the next person.", "Low: warm, but she leaves wet."),
}


def write_small_bank(folder: Path) -> Path:
    """Write the bank into a folder, whose name becomes its id; return the folder."""
    files = {
        "bank.toml": BANK.format(name=folder.name),
        "competencies.toml": _competencies(),
        "sources.toml": "".join(SOURCE.format(id=row) for row in ROWS),
        FORM_FILE: FORM_TEXT,
        KEY: KEY_HEAD + "".join(map(_credits, OPTIONS)),
        PRACTICE: _practice(),
        LOST_KEY: _scenario(LOST_KEY, "counter", "hotel", "functional"),
        COLD_SOUP: _scenario(COLD_SOUP, "chat", "delivery", "personal"),
        LATE_BUS: _scenario(LATE_BUS, "counter", "travel", ""),
        QUIET_CALLER: _scenario(QUIET_CALLER, "phone", "repair", ""),
    }
    for name, text in files.items():
        write(folder, name, text)
    return folder


def write(folder: Path, name: str, text: str) -> Path:
    """Write one file of a bank; its folder is made if need be."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def edit(folder: Path, name: str, pattern: str, replacement: str) -> None:
    """Replace the first match of a regular expression in a file; there must be one."""
    path = folder / name
    text, count = re.subn(pattern, lambda _: replacement, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1, f"{pattern} is not in {name}"
    path.write_text(text, encoding="utf-8")


def _competencies() -> str:
    names = {"recovery": "Recovery", "understanding-emotions": "Understanding emotions"}
    competencies = "".join(COMPETENCY.format(id=name, name=shown) for name, shown in names.items())
    styles = "".join(STYLE.format(id=name, name=name.title()) for name in ("functional", "personal"))
    return GROUP + competencies + styles


def _scenario(file: str, channel: str, trade: str, style: str) -> str:
    _, competency, name = file.split("/")
    emotions = competency == "understanding-emotions"
    lines = [
        f'id = "{name.removesuffix(".toml")}"',
        "version = 1",
        f'title = "{name.removesuffix(".toml")}"',
        f'competency = "{competency}"',
        f'kind = "{"emotions" if emotions else "responses"}"',
        f'channel = "{channel}"',
        f'trade = "{trade}"',
        *([f'style = "{style}"'] if style else []),
        f"sources = {json.dumps(_rows(file))}",
        f"situation = {json.dumps(SITUATIONS[file])}",
        *(_option(option, text) for option, (text, _, _) in OPTIONS[file].items()),
    ]
    return "\n".join(lines) + "\n"


def _practice() -> str:
    head = 'id = "practice-wet-coat"\nversion = 1\ntitle = "A wet coat"\nkind = "responses"\nchannel = "counter"\n'
    situation = f'trade = "travel"\nsituation = {json.dumps(SITUATIONS[PRACTICE])}\n'
    options = (
        f"{_option(option, text)}\nfeedback = {json.dumps(feedback)}\n"
        for option, (text, feedback) in PRACTICE_OPTIONS.items()
    )
    return head + situation + "".join(options)


def _option(name: str, text: str) -> str:
    return f'\n[[options]]\nid = "{name}"\ntext = {json.dumps(text)}'


def _credits(file: str) -> str:
    name = Path(file).stem
    return "".join(
        f"\n[scenarios.{name}.{option}]\nvalue = {value}\nrationale = {json.dumps(rationale)}\n"
        f"sources = {json.dumps(_rows(file))}\n"
        + ('best_when = "There would be time, and nobody had asked yet."\n' if value <= 3.5 else "")
        for option, (_, value, rationale) in OPTIONS[file].items()
    )


def _rows(file: str) -> list[str]:
    return ["read-the-room"] if "understanding" in file else ["sincere-apology", "own-it"]
