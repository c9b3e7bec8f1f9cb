"""Text that may go to a terminal: control characters never reach it, and marks that turn the line round are seen."""

from __future__ import annotations

import re

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Bidirectional controls: raw, they let a title print backwards over its neighbours."""


def safe(text: str) -> str:
    """The text without C0 and C1 controls (tab and newline stay) and with bidirectional controls made visible."""
    if text.isascii() and text.isprintable():
        return text
    return TURNS.sub("\ufffd", CONTROLS.sub("", text))


def safe_json(text: str) -> str:
    """A JSON document with every control and bidirectional mark as an escape: the same data, harmless on a terminal."""
    escaped = CONTROLS.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    return TURNS.sub(lambda found: f"\\u{ord(found.group()):04x}", escaped)
