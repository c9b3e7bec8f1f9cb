"""Several laptops: office packs, merges, conflicts and the office hub."""

__all__ = [
    "conflicts",
    "folder_sync",
    "hub_address",
    "hub_sync",
    "merge",
    "office_pack",
    "verification",
]
