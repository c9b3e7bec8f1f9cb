"""Several laptops: office packs, merges, conflicts and the office hub."""
