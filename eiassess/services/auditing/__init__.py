"""Who did what: writing it down, reading it, and proving that nobody changed it."""
