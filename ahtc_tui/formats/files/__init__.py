"""File access shared by the formats: atomic writes, bounded reads, and checks before opening."""
