"""Bringing copies together: peer databases, merge of journals, conflicts, undo of merges, packs and the hub."""
