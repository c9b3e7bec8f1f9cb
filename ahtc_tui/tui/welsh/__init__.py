"""The queue of texts that wait for Welsh."""

__all__ = ["screen"]
