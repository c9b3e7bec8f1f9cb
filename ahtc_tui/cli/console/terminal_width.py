"""The width of the terminal, without `shutil`, whose imports take a tenth of the time of a short command."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def read_terminal_width(default: int = 120) -> int:
    """Return COLUMNS, else the columns of the terminal, else `default`: as `shutil.get_terminal_size` does."""
    columns = 0
    with suppress(ValueError):
        columns = int(os.environ.get("COLUMNS", ""))
    if columns <= 0:
        with suppress(AttributeError, ValueError, OSError):  # the output is closed, or no terminal
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
    return columns if columns > 0 else default
