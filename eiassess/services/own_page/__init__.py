"""The candidate's own page: their data, questions to people, what they think of it."""
