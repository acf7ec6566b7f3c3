"""One candidate: scores, what they come from, and whether the report is released."""
