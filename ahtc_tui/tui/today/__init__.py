"""Today on the screen."""
