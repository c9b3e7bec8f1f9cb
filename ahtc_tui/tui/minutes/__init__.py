"""Live minutes on the screen."""
