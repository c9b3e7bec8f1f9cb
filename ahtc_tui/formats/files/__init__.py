"""Files as such: written whole, read within limits, guarded before they are opened."""
