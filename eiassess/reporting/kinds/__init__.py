"""Kinds of report, each whole in one folder."""
