"""Fixtures of the screen tests, for the journeys as well."""

from tests.tui.conftest import either, narrow, sql_while_drawing, still_screen, wide

__all__ = ["either", "narrow", "sql_while_drawing", "still_screen", "wide"]
