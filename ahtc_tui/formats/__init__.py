"""Bytes in and out, one file a format. Never the database."""
