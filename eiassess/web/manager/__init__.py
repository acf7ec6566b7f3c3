"""Released candidates and their reports."""
