"""What every page has to be, whoever it is for."""

import html5lib
from html5lib.constants import namespaces

from tests.scores_with_intervals import bare_scores

XHTML = "{" + namespaces["html"] + "}"
CONTROLS = frozenset(f"{XHTML}{name}" for name in ("input", "select", "textarea"))


def check_page(html: str) -> None:
    """Valid HTML, one h1, a title, unique ids, a name for every control, nothing inline, no score alone."""
    tree = html5lib.HTMLParser(strict=True).parse(html)
    elements = list(tree.iter())
    assert sum(each.tag == f"{XHTML}h1" for each in elements) == 1
    title = tree.find(f".//{XHTML}title")
    assert title is not None
    assert title.text
    ids = [each.get("id") for each in elements if each.get("id")]
    assert len(ids) == len(set(ids))
    assert not [each for each in elements if each.get("style") or any(name.startswith("on") for name in each.keys())]  # noqa: SIM118 - an element is no dict
    labels = [each for each in elements if each.tag == f"{XHTML}label"]
    named = {each.get("for") for each in labels} | {inner.get("id") for each in labels for inner in each.iter()}
    for each in elements:
        if each.tag in CONTROLS and each.get("type") != "hidden":
            assert each.get("aria-label") or (each.get("id") or "none") in named, each.attrib
        if each.tag == f"{XHTML}script":
            assert each.get("src")
    alone = bare_scores(tree)
    assert alone == [], alone
