"""Readers of tables in workbooks and CSV files from other people; only contacts have their columns interpreted here."""

__all__ = ["contacts", "reader", "translations"]
