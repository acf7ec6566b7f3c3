"""What the errors of scores were estimated from: kept, dated and by digest, beside a form and a key."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from math import inf, isinf
from typing import Any

from eiassess.domain.digests import canonical_json, digest_of

PEOPLE_FOR_AN_ESTIMATE = 10
"""Below this many nothing is centred or shrunk: everybody has nothing but their own error."""
PEOPLE_FOR_TRUE_ORDER = 30
"""From here on it can be said how likely the one of two people is truly higher."""


class ErrorMethod(StrEnum):
    """Where one person's own error comes from. The values are stored: none is ever given another meaning."""

    LEAVING_OUT = "leaving-out"
    """Each scenario left out once, on the scale of z: forms whose options are all rated."""
    STORED = "stored"
    """The stored error, put on the scale of z: forms with choices, for which no study has shown the other to hold."""


class NotCompared(StrEnum):
    """Why somebody is drawn and not compared. The values may be stored: none is ever given another meaning."""

    NOT_SCORED = "not-scored"
    """There is no overall score."""
    AT_THE_END = "at-the-end"
    """Agreement with the key is complete, or completely turned round, with or without one scenario: it has no error."""
    ALIKE_WITHOUT_ONE = "alike-without-one"
    """Without one of the scenarios the ratings of a format are all alike."""
    NO_ERROR = "no-error"
    """No competency has two scenarios that count, so that nothing is known of the error."""
    UNEVEN = "uneven"
    """The sitting was answered unevenly."""


@dataclass(frozen=True)
class SharedError:
    """What people's error variances have in common, on the scale of z.

    Parameters
    ----------
    d0
        Degrees of freedom that it is worth; 0 where nothing is shrunk, infinite where all errors are alike.
    s0_squared
        The variance that errors lean to; 0 where nothing is shrunk.
    typical
        The median of what the errors of the people in the estimate then are; ``None`` where there is nobody.
    """

    d0: float = 0.0
    s0_squared: float = 0.0
    typical: float | None = None


@dataclass(frozen=True)
class EvenSittings:
    """What sittings of a form are like: the mean of each scenario's w, and the median variance s^2."""

    scenario_means: Mapping[str, float]
    median_variance: float


@dataclass(frozen=True)
class ErrorEstimate:
    """What the errors of the scores of one form under one key were estimated from.

    A comparison that was made with it can be made again from the same answers, whoever sits the form later.

    Parameters
    ----------
    form_digest, key_digest
        What was sat, and the key that it was scored with.
    engine, method
        The engine that scored, and where one person's own error comes from.
    made_at
        When; the caller's clock.
    simulated
        Whether its people were made up by a program; they never enter an estimate of real ones.
    members, uneven
        Digests of the scores that shape the estimate, and of those that are marked for an uneven sitting, whatever else
        would have kept them out; rising.
    form_df
        Degrees of freedom of one person's own error on the whole form.
    tests, intervals
        What errors have in common, centred for tests and uncentred for intervals.
    scenario_means
        Scenario -> m_j, what it is to everybody; empty where nothing is centred.
    mean_z, tau_squared
        Mean of z, and variance of z beyond error, which is not above 0 where nothing but error is seen; ``None`` where
        there are too few people.
    even
        What sittings are like; ``None`` where it is not known.
    """

    form_digest: str
    key_digest: str
    engine: str
    method: ErrorMethod
    made_at: datetime
    simulated: bool
    members: tuple[str, ...]
    uneven: tuple[str, ...]
    form_df: int
    tests: SharedError
    intervals: SharedError
    scenario_means: Mapping[str, float] = field(default_factory=dict)
    mean_z: float | None = None
    tau_squared: float | None = None
    even: EvenSittings | None = None

    @property
    def n(self) -> int:
        """How many people shape the estimate."""
        return len(self.members)

    @cached_property
    def json(self) -> str:
        """Its canonical JSON; infinite is null."""
        shared = {name: _finite(asdict(each)) for name, each in (("tests", self.tests), ("intervals", self.intervals))}
        return canonical_json({**asdict(self), **shared, "made_at": self.made_at.isoformat()})

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return digest_of(self.json)

    @classmethod
    def from_json(cls, text: str) -> "ErrorEstimate":
        """Read what ``json`` gave.

        Raises
        ------
        KeyError, TypeError
            A field is missing or not known: this is no estimate.
        """
        values: dict[str, Any] = json.loads(text)
        even = values["even"]
        return cls(
            **{
                **values,
                "method": ErrorMethod(values["method"]),
                "made_at": datetime.fromisoformat(values["made_at"]),
                "members": tuple(values["members"]),
                "uneven": tuple(values["uneven"]),
                "tests": _shared(values["tests"]),
                "intervals": _shared(values["intervals"]),
                "even": None if even is None else EvenSittings(**even),
            }
        )


def _finite(shared: dict[str, Any]) -> dict[str, Any]:
    return {**shared, "d0": None if isinf(shared["d0"]) else shared["d0"]}


def _shared(values: dict[str, Any]) -> SharedError:
    return SharedError(**{**values, "d0": inf if values["d0"] is None else values["d0"]})
