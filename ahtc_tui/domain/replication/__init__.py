"""Copies of the office on several laptops: conflicts, and the suffixes that keep references apart."""
