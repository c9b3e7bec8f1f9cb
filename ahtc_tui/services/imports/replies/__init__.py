"""Answers to invitations: matched, planned, written."""
