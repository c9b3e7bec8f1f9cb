"""The screen in a browser on this computer: a page of our own, and the server that shows the screen in it."""

__all__ = ["server"]
