"""Where an opening's candidates stand, and what is done for many of them at once."""
