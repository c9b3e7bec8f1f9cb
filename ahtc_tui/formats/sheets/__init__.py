"""Readers of tables in workbooks and CSV files from other people; only contacts have their columns interpreted here."""

__all__ = ["contact_headings", "contacts", "reader", "translations"]
