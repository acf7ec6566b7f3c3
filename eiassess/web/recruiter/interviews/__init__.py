"""The guide for a candidate's interview."""
