"""Minutes: lines, life cycle, and what may be missing before they are issued."""
