"""How deep lists and tables lie in each other in a text of TOML or JSON, seen before any parser follows them down."""

import re

_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*+"""|"(?!"")(?:[^"\\\n]|\\.)*+"|""(?!")'''
    r"""|'''(?:[^']|'(?!''))*+'''|'(?!'')[^'\n]*+'|''(?!')|\#[^\n]*|[\[{]|[\]}]|["']""",
    re.DOTALL,
)


def is_nested_deeper(text: str, deepest: int) -> bool:
    """Tell whether more brackets are open at one place than may be, those in texts and comments left out.

    Examples
    --------
    >>> [is_nested_deeper(text, 2) for text in ("a = [[1], {}]", "a = [[[1]]]", "a = '[[[' # [[[")]
    [False, True, False]
    """
    depth = 0
    for found in _TOKEN.finditer(text):
        token = found.group()
        if token in ('"', "'"):
            return False  # a text without an end: no parser reads on
        depth += (token in ("[", "{")) - (token in ("]", "}"))
        if depth > deepest:
            return True
    return False
