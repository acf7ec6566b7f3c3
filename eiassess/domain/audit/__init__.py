"""Who did what: the words of the audit and its chain."""
