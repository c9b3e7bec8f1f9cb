"""Drop-downs of labelled options."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Select


def build_select(options: Iterable[tuple[str, str]], value: str | None, *, blank: bool = True) -> Select[str]:
    """Return a drop-down of (label, value) pairs; `blank` allows an empty choice."""
    select_options = [(Content(label), option_value) for label, option_value in options]
    if value is None:
        return Select(select_options, allow_blank=blank, prompt="–", compact=True)
    return Select(select_options, value=value, allow_blank=blank, prompt="–", compact=True)
