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
