"""What answers in an interview sound like at each point of a scale of 1 to 5: content that ships beside the banks."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".toml")


def anchors_of(bank_id: str) -> Mapping[str, tuple[str, ...]]:
    """Return what is heard at 1 to 5, lowest first, for each competency of a bank; nothing for a bank without any."""
    return _all_anchors().get(bank_id, {})


@cache
def _all_anchors() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {bank: {part: tuple(texts) for part, texts in parts.items()} for bank, parts in read.items()}
