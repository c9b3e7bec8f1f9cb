"""Import of minutes: old minutes as a plan, edited drafts compared with the issue that they came from, transcripts."""

__all__ = ["service", "transcripts"]
