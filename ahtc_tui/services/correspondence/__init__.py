"""Agreement by correspondence, and date polls."""

__all__ = ["answers", "circulation", "polls"]
