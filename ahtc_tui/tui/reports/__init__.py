"""The mode Reports."""
