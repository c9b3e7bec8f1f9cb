"""The mode Meetings."""
