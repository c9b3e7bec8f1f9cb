"""Mail drafts (RFC 5322) to open, read and send: chasers, invitations, returns. Never sent from here."""
