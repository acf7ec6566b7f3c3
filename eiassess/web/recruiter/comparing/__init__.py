"""Several candidates side by side."""
