"""Screens of imports: files, columns, plan and questions."""
