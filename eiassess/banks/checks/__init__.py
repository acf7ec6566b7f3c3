"""Holding a bank to the rules: every finding of every file, never a crash, whatever the folder holds."""
