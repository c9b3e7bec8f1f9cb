"""Mail drafts (RFC 5322) that a person opens, reads and sends: chasers, invitations, minutes and returns."""

__all__ = ["chaser", "circulation_note", "draft", "invite", "minutes_note", "poll_note", "reader", "return_note"]
