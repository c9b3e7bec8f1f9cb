"""Meetings out of the database: lists, cards, agenda, attendance, series, invitations, decisions."""
