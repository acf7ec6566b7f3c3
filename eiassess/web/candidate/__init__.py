"""The candidate's way: no account, no key."""
