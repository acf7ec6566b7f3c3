"""A bank as one spreadsheet and back, what changed between two banks, and changes that wait for a yes."""
