"""Reads meetings: lists, cards, agenda, attendance, series, invitations and decisions."""
