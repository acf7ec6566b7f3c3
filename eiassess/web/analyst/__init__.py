"""An analyst's pages: forms in use, how their scenarios and options work, two keys side by side."""
