"""One key: what it does, and how hints, help and docs speak of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it does, and how it is spoken of."""

    id: str
    keys: str
    action: str
    label: str
    """In the line of hints."""
    help: str
    hint: bool = True
    """Whether the line of hints shows it."""
    show_as: str | None = None
    """On the screen, where one hint stands for several keys."""


KEY_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "pageup": "page up",
    "pagedown": "page down",
}
"""Textual's names of keys to the words on a keyboard."""
SHORT_KEY_NAMES = {"escape": "esc", "up": "↑", "down": "↓", "left": "←", "right": "→"}
"""What is said shorter still on the screen."""


def format_key_name(key: str) -> str:
    """One key as the docs write it: "ctrl+t", "page up", "?"."""
    return "+".join(KEY_NAMES.get(part, part) for part in key.split("+"))


def format_key(key: str) -> str:
    """One key as hints and help show it: "ctrl+t", "esc", "alt+↓"."""
    return "+".join(SHORT_KEY_NAMES.get(part) or format_key_name(part) for part in key.split("+"))
