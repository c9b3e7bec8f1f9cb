"""Several copies of the database: packs, peers, merges, conflicts and undo."""

__all__ = [
    "conflict_index",
    "conflict_resolution",
    "conflicts",
    "erased_names",
    "incoming_erasures",
    "journal_merge",
    "line_checks",
    "merge_log",
    "office_pack",
    "peer_database",
    "state_on_day",
    "sync_log",
    "undo",
]
