"""The screen of the retention schedule."""
