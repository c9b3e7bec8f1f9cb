"""What people do with meetings: series, agenda, papers, invitations, attendance, the decision register."""
