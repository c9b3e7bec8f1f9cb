"""Work on several laptops: packs to take away, merge, conflicts, the office hub."""
