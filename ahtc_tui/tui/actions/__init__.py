"""Actions on the screen."""
