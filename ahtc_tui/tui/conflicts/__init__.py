"""What two people wrote apart, on the screen."""
