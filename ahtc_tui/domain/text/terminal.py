"""Escaping of control characters and bidirectional controls for terminals."""

from __future__ import annotations

import re

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Bidirectional controls, which could reverse neighbouring text on the line."""
HIDDEN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and characters that change the direction of a text, which can make it look like another."""


def escape_controls(text: str) -> str:
    """Return text without C0 and C1 controls (tab and newline are kept) and with visible bidirectional controls."""
    if text.isascii() and text.isprintable():
        return text
    return BIDI_CONTROLS.sub("\ufffd", CONTROLS.sub("", text))


def escape_json_controls(text: str) -> str:
    """Return a JSON document with controls and bidirectional controls escaped: equal data, safe on a terminal."""
    escaped = CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return BIDI_CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", escaped)
