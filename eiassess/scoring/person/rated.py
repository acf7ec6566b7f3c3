"""The rated part of scoring: how a person's ratings agree with the key, within the person."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.scores import DistanceComponents
from eiassess.scoring.person.counting import Counted

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RatedAgreement:
    """A person's ratings on the scenarios that count, as they are and standardised.

    ``own_r``, shape (ratings,): the correlation with the key of each rating's own format.
    """

    counted: Counted
    ratings: Array
    z: Array
    own_r: Array

    @property
    def r(self) -> float:
        """The correlation with the key, over several formats their mean weighted by ratings."""
        return float(self.own_r.mean())

    @property
    def d(self) -> Array:
        """Discrepancies from the key, shape (scenarios,); 0 where nothing is rated."""
        return psychometrics.discrepancy(self.z, self.counted.key_z, self.counted.scenario, self.counted.e.size)

    @property
    def influence(self) -> Array:
        """What each scenario's ratings add to r, on average over them: shape (scenarios,), 0 where nothing is rated."""
        counted = self.counted
        each = self.z * counted.key_z - self.own_r / 2 * (self.z**2 + counted.key_z**2)
        n = np.bincount(counted.scenario, minlength=counted.e.size)
        return np.asarray(np.bincount(counted.scenario, each, counted.e.size) / np.maximum(n, 1), dtype=np.float64)

    @property
    def distance(self) -> DistanceComponents | None:
        """How far the ratings as given lie from the key's values; ``None`` where nothing is rated."""
        if not self.ratings.size:
            return None
        key, scale = self.counted.key, self.counted.plan.key
        parts = psychometrics.profile_components(self.ratings, key)
        near = psychometrics.closeness(self.ratings, key, scale.minimum, scale.maximum)
        return DistanceComponents(near, parts.elevation, parts.scatter, parts.shape)


def rated_agreement(counted: Counted, answers: Array) -> RatedAgreement:
    """Standardise a person's answers, shape (columns,), within each rated format, and correlate them with the key.

    Raises
    ------
    NotEstimableError
        All ratings of a format are the same.
    """
    own = answers[counted.ratings]
    z, own_r = np.empty_like(own), np.empty_like(own)
    for rows in counted.formats:
        z[rows] = psychometrics.standardised_profile(own[rows])
        own_r[rows] = psychometrics.profile_correlation(z[rows], counted.key_z[rows])
    return RatedAgreement(counted, own, z, own_r)
