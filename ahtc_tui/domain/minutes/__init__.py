"""Minutes: typed lines, carry-forward, life cycle, and checks before they are issued."""

__all__ = [
    "chair_view",
    "checks",
    "item_lengths",
    "lifecycle",
    "model",
    "typed_lines",
    "written_lines",
    "written_minutes",
]
