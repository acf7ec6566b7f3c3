"""The order in which a candidate sees options: shuffled, and the same at every reload."""

import hashlib

from eiassess.domain.scenarios import ResponseOption, Scenario


def shuffled_options(scenario: Scenario, seed: str) -> tuple[ResponseOption, ...]:
    """Put a scenario's options in the order that the session's seed gives."""

    def place(option: ResponseOption) -> bytes:
        return hashlib.sha256(f"{seed}/{scenario.id}/{option.id}".encode()).digest()

    return tuple(sorted(scenario.options, key=place))
