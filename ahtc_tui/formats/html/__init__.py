"""Pages for a browser, self-contained."""
