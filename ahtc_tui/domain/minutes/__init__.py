"""Minutes: typed lines, carry-forward, life cycle, and checks before they are issued."""

__all__ = [
    "chair_view",
    "checks",
    "draft_parts",
    "item_lengths",
    "lifecycle",
    "model",
    "transcripts",
    "typed_lines",
    "word_merge",
    "written_attendance",
    "written_lines",
    "written_minutes",
]
