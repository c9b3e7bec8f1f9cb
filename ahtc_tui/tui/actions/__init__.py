"""The mode Actions."""
