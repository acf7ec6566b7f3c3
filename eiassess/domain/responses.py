"""What a candidate answered."""

from collections.abc import Mapping

Ratings = Mapping[str, int]
"""Ratings of one scenario: option id -> rating; an option that was not rated is absent."""
