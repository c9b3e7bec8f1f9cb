"""Work on several laptops, on the screen: conflicts, side by side."""
