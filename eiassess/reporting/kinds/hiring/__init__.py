"""The hiring manager's report on one candidate."""
