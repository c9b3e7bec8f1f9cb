"""Screens of the Evidence mode."""
