"""The type of a key, and the names of keys on screen and in the documentation."""

from __future__ import annotations

from dataclasses import dataclass

MENU = "menu+"
"""Begins the key of a command that the menu of the screen runs: "menu+b" is the letter b in the menu."""
MENU_KEYS = ("full_stop", "f2")
"""The keys that open the menu; the second one also while a text is typed."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key with its action and its texts."""

    id: str
    keys: str
    action: str
    help: str
    label: str = ""
    """Text in the line of hints, a message in the context "key"; empty where the line does not show the key."""
    show_as: str | None = None
    """Displayed key where one hint covers several keys."""
    was: str = ""
    """Keys that it had in the release before, where it is not a command of the menu by the same letter."""


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
    "apostrophe": "'",
    "at": "@",
    "dollar_sign": "$",
    "number_sign": "#",
    "percent_sign": "%",
    "quotation_mark": '"',
    "pageup": "page up",
    "pagedown": "page down",
}
"""Textual's key names to the labels on a keyboard."""
SHORT_KEY_NAMES = {"escape": "esc", "up": "↑", "down": "↓", "left": "←", "right": "→"}
"""Shorter names for the screen."""


def format_key_name(key: str) -> str:
    """Return the name of a key for the documentation: "ctrl+t", "page up", "?", ". b"."""
    if key.startswith(MENU):
        return f". {format_key_name(key.removeprefix(MENU))}"
    return "+".join(KEY_NAMES.get(part, part) for part in key.split("+"))


def format_key(key: str) -> str:
    """Return the name of a key for the screen: "ctrl+t", "esc", "alt+↓", or the letter of a command of the menu."""
    key = key.removeprefix(MENU)
    return "+".join(SHORT_KEY_NAMES.get(part) or format_key_name(part) for part in key.split("+"))
