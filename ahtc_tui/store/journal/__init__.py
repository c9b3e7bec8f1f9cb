"""The journal: the ledger that writes it, its replay, and the projection of records out of it."""

__all__ = [
    "chain",
    "chain_check",
    "desk_people",
    "devices",
    "import_steps",
    "ledger",
    "minutes_lock",
    "overwrite_check",
    "parked_lines",
    "projection",
    "queries",
    "record_state",
    "replay",
    "screen_state",
    "value_formatter",
]
