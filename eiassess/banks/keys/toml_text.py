"""A key as a TOML file, as a bank's folder of keys holds it: read again, it has the same digest."""

import json

from eiassess.banks.writing import toml_text

HEADER = ("id", "version", "method", "experts", "scale", "relevance", "relevance_by", "provisional", "provenance")
CREDIT = ("value", "rationale", "sources")


def key_toml(key_json: str) -> str:
    """Write a key's canonical JSON as TOML, in the order in which authors write a key."""
    content = json.loads(key_json)
    scenarios = {
        scenario: {option: {name: credit[name] for name in CREDIT} for option, credit in options.items()}
        for scenario, options in content["scenarios"].items()
    }
    return toml_text({**{name: content[name] for name in HEADER if name in content}, "scenarios": scenarios})
