"""One person's answers to one score."""
