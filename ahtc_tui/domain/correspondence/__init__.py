"""Agreement by correspondence: circulated minutes and decisions, the answers of members, and date polls."""

__all__ = ["answer_text", "model", "polls"]
