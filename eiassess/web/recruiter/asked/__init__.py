"""What comes from candidates: questions to a person, and how they found it."""
