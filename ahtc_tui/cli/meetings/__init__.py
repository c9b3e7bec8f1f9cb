"""`ahtc meetings` and `ahtc decisions`: meetings, series, agenda, invitations, the decision register."""
