"""An opening's progress: who is where, who needs a nudge, and what is done for many at once."""
