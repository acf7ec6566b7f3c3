"""Forms and their content specifications as files."""
