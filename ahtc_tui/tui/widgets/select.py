"""A drop-down over a fixed list of words."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Select


def choices(options: Iterable[tuple[str, str]], value: str | None, *, blank: bool = True) -> Select[str]:
    """A drop-down of (label, value); with `blank` nothing may be chosen."""
    listed = [(Content(label), stored) for label, stored in options]
    if value is None:
        return Select(listed, allow_blank=blank, prompt="–", compact=True)
    return Select(listed, value=value, allow_blank=blank, prompt="–", compact=True)
