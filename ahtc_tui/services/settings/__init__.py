"""Settings that commands and screens read before a workspace is open, and settings that they write."""

__all__ = ["config", "language", "schema", "screen_state", "writer"]
