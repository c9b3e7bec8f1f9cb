"""Reads commissions, and the records that their claims are based on."""
