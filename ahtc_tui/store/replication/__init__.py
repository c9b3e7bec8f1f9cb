"""Several copies of the database: packs, peers, merges, conflicts, undo and the hub."""

__all__ = [
    "conflict_index",
    "conflict_resolution",
    "conflicts",
    "hub",
    "hub_access",
    "hub_administration",
    "hub_download",
    "hub_upload",
    "incoming_erasures",
    "journal_merge",
    "merge_log",
    "office_pack",
    "peer_database",
    "sync_log",
    "undo",
]
