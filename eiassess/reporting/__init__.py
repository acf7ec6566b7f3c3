"""Reports on paper and charts on page and paper: values in, SVG or PDF bytes out."""
