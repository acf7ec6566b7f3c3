"""The standard form under a key that tags its worst responses as canned words, and somebody who likes these."""

import json
from dataclasses import replace
from functools import cache

from eiassess.banks.catalog import LoadedForm, decode_pinned_key
from eiassess.domain.digests import canonical_json
from eiassess.domain.scenarios import ScenarioKind
from tests.hiring_story import standard_form

CANNED = "script"


@cache
def tagged_form() -> LoadedForm:
    """Tag, in each scenario of responses, the one that the key rates lowest; no other tag is left."""
    loaded = standard_form()
    content = json.loads(loaded.key_json)
    for scenario in loaded.form.scenarios:
        options = content["scenarios"][scenario.id]
        for credit in options.values():
            credit.pop("irritant", None)
        if scenario.kind is ScenarioKind.RESPONSES:
            min(options.values(), key=lambda credit: float(credit["value"]))["irritant"] = CANNED
    content["version"] += 1
    text = canonical_json(content)
    return replace(loaded, key=decode_pinned_key(text), key_json=text)


def n_tagged() -> int:
    return sum(each.kind is ScenarioKind.RESPONSES for each in tagged_form().form.scenarios)


def liking_canned_words() -> list[int]:
    """Rate as the key does, and what it tags at the top: in the form's order, option by option."""
    loaded = tagged_form()
    return [
        6 if credit.irritant else round(credit.value)
        for scenario in loaded.form.scenarios
        for credit in (loaded.key.credits[scenario.id][option] for option in scenario.option_ids)
    ]
