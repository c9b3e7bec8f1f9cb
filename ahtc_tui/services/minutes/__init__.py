"""What people do at a meeting and after it: minutes, carry-forward, checks, issuing."""
