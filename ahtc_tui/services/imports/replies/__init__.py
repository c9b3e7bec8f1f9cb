"""Import of answers to invitations: match, plan, write."""

__all__ = ["service"]
