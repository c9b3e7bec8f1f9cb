"""Use cases during and after a meeting: minutes, carry-forward, checks, issuing."""

__all__ = ["carry_forward", "checks", "lifecycle", "live_minutes", "roll_call", "service", "writer"]
