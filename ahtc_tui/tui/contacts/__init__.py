"""Contacts on the screen."""
