"""iCalendar (RFC 5545, iTIP): invitations, deadlines, meetings and replies, in and out."""
