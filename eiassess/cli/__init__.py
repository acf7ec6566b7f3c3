"""The command line: one file per group, each a thin entrance."""
