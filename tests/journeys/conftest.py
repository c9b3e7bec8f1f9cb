"""A story stands on what every test of the screen stands on."""

from tests.tui.conftest import either, narrow, sql_while_drawing, still_screen, wide

__all__ = ["either", "narrow", "sql_while_drawing", "still_screen", "wide"]
