"""Use cases of boards and fora: groups, chairs, terms of reference, seats and memberships."""

__all__ = ["closing", "membership", "seats", "service"]
