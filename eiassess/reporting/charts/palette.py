"""The colours and the typeface of the house, as charts write them into SVG; style sheets have the same as tokens.

A style sheet may override each by the class of its mark, for instance in the dark.
"""

INK, MUTED, LINE, PAPER = "#1b1f24", "#57606a", "#d0d7de", "#ffffff"
ACCENT = "#0b6e6e"
BAND, BAND_EDGE = "#e7ecf0", "#b9c3cd"
"""The range of random answering."""

TYPEFACE = "Source Sans Pro, system-ui, -apple-system, Segoe UI, Roboto, DejaVu Sans, sans-serif"
"""Source Sans Pro is what paper has; a screen falls through to its own typeface."""
