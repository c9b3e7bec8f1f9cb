"""Reads commissions, and the records that their claims are based on."""

__all__ = ["claims", "queries", "statements"]
