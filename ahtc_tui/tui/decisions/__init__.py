"""The decision register."""
