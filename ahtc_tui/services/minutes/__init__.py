"""Use cases during and after a meeting: minutes, carry-forward, checks, issuing."""
