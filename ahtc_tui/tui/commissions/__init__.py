"""Papers that others ask for, on the screen."""
