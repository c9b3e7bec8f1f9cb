"""Erasing a person, and everything that is held on one."""
