"""Scoring keys as files: where they lie, what they say, how they are written."""
