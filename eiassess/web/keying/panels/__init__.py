"""Panels at work: making one, inviting experts, how far they are, closing, forgetting names."""
