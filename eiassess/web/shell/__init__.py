"""What all areas stand in: the application, access, sessions, errors, and words for times."""
