"""The demo: made-up people in a real opening."""
