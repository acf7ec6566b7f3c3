"""Charts as SVG, for page and paper."""
