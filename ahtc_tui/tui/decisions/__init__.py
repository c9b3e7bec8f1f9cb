"""The decision register on the screen."""
