"""Mail drafts (RFC 5322) that a person opens, reads and sends: chasers, invitations and returns."""

__all__ = ["chaser", "invite", "return_note"]
