"""What candidates need to have different, for the person who takes care of it and decides nothing."""
