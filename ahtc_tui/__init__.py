"""The desk of the Wales Anti Human Trafficking Co-ordinator, in a terminal."""

__version__ = "0.1.0"
