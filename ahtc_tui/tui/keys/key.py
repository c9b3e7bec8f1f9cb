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


SPOKEN = {
    "slash": "/",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "pageup": "page up",
    "pagedown": "page down",
}
"""Textual's names of keys to the words on a keyboard."""
SHORT = {"escape": "esc", "up": "↑", "down": "↓", "left": "←", "right": "→"}
"""What is said shorter still on the screen."""


def spoken(key: str) -> str:
    """One key as the docs write it: "ctrl+t", "page up", "?"."""
    return "+".join(SPOKEN.get(part, part) for part in key.split("+"))


def shown(key: str) -> str:
    """One key as hints and help show it: "ctrl+t", "esc", "alt+↓"."""
    return "+".join(SHORT.get(part) or spoken(part) for part in key.split("+"))
