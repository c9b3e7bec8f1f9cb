"""What comes in, on the screen: files chosen, their plan, its questions one by one, and one key that writes it."""
