"""Setting up the second step of signing in."""
