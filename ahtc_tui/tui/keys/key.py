"""The type of a key, and the names of keys on screen and in the documentation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A key with its action and its texts."""

    id: str
    keys: str
    action: str
    label: str
    """Text in the line of hints."""
    help: str
    hint: bool = True
    """Whether the line of hints shows the key."""
    show_as: str | None = None
    """Displayed key where one hint covers several keys."""


KEY_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "comma": ",",
    "vertical_line": "|",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "asterisk": "*",
    "underscore": "_",
    "exclamation_mark": "!",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "backslash": "\\",
    "full_stop": ".",
    "pageup": "page up",
    "pagedown": "page down",
}
"""Textual's key names to the labels on a keyboard."""
SHORT_KEY_NAMES = {"escape": "esc", "up": "↑", "down": "↓", "left": "←", "right": "→"}
"""Shorter names for the screen."""


def format_key_name(key: str) -> str:
    """Return the name of a key for the documentation: "ctrl+t", "page up", "?"."""
    return "+".join(KEY_NAMES.get(part, part) for part in key.split("+"))


def format_key(key: str) -> str:
    """Return the name of a key for the screen: "ctrl+t", "esc", "alt+↓"."""
    return "+".join(SHORT_KEY_NAMES.get(part) or format_key_name(part) for part in key.split("+"))
