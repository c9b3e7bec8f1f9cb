"""Text that may go to a terminal: control characters never reach it, and marks that turn the line round are seen."""

from __future__ import annotations

import re

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Bidirectional controls: raw, they let a title print backwards over its neighbours."""


def escape_controls(text: str) -> str:
    """The text without C0 and C1 controls (tab and newline stay) and with bidirectional controls made visible."""
    if text.isascii() and text.isprintable():
        return text
    return BIDI_CONTROLS.sub("\ufffd", CONTROLS.sub("", text))


def escape_json_controls(text: str) -> str:
    """A JSON document with every control and bidirectional mark as an escape: the same data, harmless on a terminal."""
    escaped = CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return BIDI_CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", escaped)
