"""Workbooks written by us: their style, charts, drop-downs, and one module for each workbook."""
