"""Openings, candidates, scores and comparisons."""
