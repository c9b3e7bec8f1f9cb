"""Use cases of meetings: series, agenda, papers, invitations, attendance and the decision register."""
