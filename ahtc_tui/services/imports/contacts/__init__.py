"""Contacts out of vCards, CSV and workbooks: matched, planned, written."""
