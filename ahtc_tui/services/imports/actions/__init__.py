"""Returned workbooks and other people's action logs: read, matched, compared, planned, written."""
