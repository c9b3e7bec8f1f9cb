"""Use cases of the register: contacts, appointments, engagement, circulation lists, duplicates, renames."""

__all__ = [
    "appointments",
    "circulation_lists",
    "duplicates",
    "engagement",
    "interests",
    "merge_records",
    "service",
    "writer",
]
