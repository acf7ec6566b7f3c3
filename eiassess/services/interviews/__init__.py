"""Interviews: planning them, rating alone, and who reads others' ratings when."""
