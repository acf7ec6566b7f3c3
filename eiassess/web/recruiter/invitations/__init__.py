"""Inviting people: one, a pasted list or a file, shown before anybody is invited."""
