"""Meetings: rows, agenda, attendance and seating, invitations, series, the decision register."""
