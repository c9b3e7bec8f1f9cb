"""Minutes: typed lines, carry-forward, life cycle, and checks before they are issued."""

__all__ = ["checks", "lifecycle", "model", "typed_lines"]
