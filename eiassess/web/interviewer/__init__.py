"""The pages of whoever is named to interview a candidate: what to ask, and their own ratings."""
