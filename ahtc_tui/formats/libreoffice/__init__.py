"""Conversion of our files by LibreOffice, where it is installed: PDF and OpenDocument."""

__all__ = ["conversion"]
