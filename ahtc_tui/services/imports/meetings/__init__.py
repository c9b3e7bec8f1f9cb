"""Meetings out of other people's calendars: matched, compared, planned, written."""
