"""Data of imports: tables, contacts, meetings, replies, the three-way merge and the report."""

__all__ = ["contacts", "meetings", "minutes", "replies", "report", "sheets", "three_way_merge", "written_document"]
