"""Checked input, one file a noun. Pydantic is imported here alone in `domain`, so that reading needs none of it."""
