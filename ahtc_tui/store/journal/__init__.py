"""The journal: the ledger that writes it, its replay, and the projection of records out of it."""
