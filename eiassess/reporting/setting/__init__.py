"""From a report's folder and values to the bytes of a PDF."""
