"""`ahtc meetings` and `ahtc decisions`: meetings, series, agenda, invitations, the decision register."""

__all__ = ["decisions"]
