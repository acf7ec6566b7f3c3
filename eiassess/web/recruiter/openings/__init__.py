"""A recruiter's openings, and the candidates of one of them."""
