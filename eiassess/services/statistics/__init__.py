"""How a form and its scenarios work in those who sat it."""
