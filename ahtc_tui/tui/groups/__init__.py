"""Groups on the screen."""
