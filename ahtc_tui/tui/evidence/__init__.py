"""Evidence on the screen."""
