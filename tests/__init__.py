"""Tests; `tests.builders` makes valid things by default."""
