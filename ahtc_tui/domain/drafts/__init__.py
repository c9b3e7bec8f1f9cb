"""Checked input, one file a noun. Pydantic is imported here and nowhere else in `domain`, so that reading needs none of it."""
