"""A key as a TOML file, as a bank's folder of keys holds it: read again, it has the same digest."""

import json
from typing import Any

from eiassess.banks.writing import toml_text

HEADER = ("id", "version", "method", "experts", "scale", "relevance", "relevance_by", "provisional", "provenance")
CREDIT = ("value", "rationale", "sources", "best_when", "irritant")


def key_toml(key_json: str) -> str:
    """Write a key's canonical JSON as TOML, in the order in which authors write a key."""
    content = json.loads(key_json)
    scenarios = {
        scenario: {option: _in_order(credit) for option, credit in options.items()}
        for scenario, options in content["scenarios"].items()
    }
    return toml_text({**{name: content[name] for name in HEADER if name in content}, "scenarios": scenarios})


def _in_order(credit: dict[str, Any]) -> dict[str, Any]:
    return {name: credit[name] for name in CREDIT if name in credit}
