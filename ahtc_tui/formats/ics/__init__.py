"""iCalendar files (RFC 5545, iTIP RFC 5546): writers of invitations and deadlines, readers of meetings and replies."""

__all__ = [
    "deadlines",
    "invitation_text",
    "invites",
    "meetings",
    "people",
    "replies",
    "stored",
    "times",
    "zone_names",
]
