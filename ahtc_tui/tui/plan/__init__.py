"""The mode Plan."""
