"""Tables of people and of scenarios as CSV."""
