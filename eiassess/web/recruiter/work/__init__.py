"""An opening's background work: what waits, runs, is done or was given up."""
