"""Mail drafts (RFC 5322) that a person opens, reads and sends: chasers, invitations, minutes and returns."""

__all__ = ["chaser", "draft", "invite", "notes", "reader"]
