"""Domain meets psychometrics: what a person's responses to a form give under a key, and how two people differ."""
