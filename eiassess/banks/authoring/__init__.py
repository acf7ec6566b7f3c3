"""A new bank, and a look at one."""
