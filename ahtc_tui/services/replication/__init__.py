"""Several laptops: office packs, merges, conflicts and the office hub."""

__all__ = [
    "conflict_marks",
    "conflicts",
    "folder_sync",
    "hub_address",
    "hub_setup",
    "hub_sync",
    "merge",
    "office_pack",
    "verification",
]
