"""Telling people apart: who takes part, what their errors are estimated from, and what a page says of them."""
