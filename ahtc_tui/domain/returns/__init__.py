"""Returns of the action log: what was sent, and how each kind of cell is read when it comes back."""

__all__ = ["colours", "composed_headings", "dates", "headings", "model", "owners", "references", "statuses"]
