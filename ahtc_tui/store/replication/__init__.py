"""Several copies of the database: packs, peers, merges, conflicts, undo and the hub."""
