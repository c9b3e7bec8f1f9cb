"""Widgets that every screen shares. They know no noun, no service and no file format."""
