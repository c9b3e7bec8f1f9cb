"""What imports read and report: tables, contacts, meetings, replies, three-way merge, the report itself."""

__all__ = [
    "contacts",
    "meetings",
    "minutes",
    "replies",
    "report",
    "reported_values",
    "sheets",
    "three_way_merge",
    "written_document",
]
