"""Adjustments: what candidates need to have different, between them and one person who decides nothing."""
