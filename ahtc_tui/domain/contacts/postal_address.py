"""Postal addresses as they are printed."""

from __future__ import annotations

import re


def format_address(address: str) -> str:
    """Return an address in one line."""
    return split_address(address, 1)[0]


def split_address(address: str, lines: int) -> list[str]:
    """Return the lines of an address, which semicolons separate, else commas; empty ones fill up to `lines`.

    What does not fit stays in the last line, separated by commas.
    """
    parts = [part for text in re.split(";" if ";" in address else ",", address) if (part := text.strip())]
    if len(parts) > lines:
        parts[lines - 1 :] = [", ".join(parts[lines - 1 :])]
    return parts + [""] * (lines - len(parts))
