"""The desk of the Wales Anti Human Trafficking Co-ordinator, in a terminal."""

__version__ = "1.0.0"
