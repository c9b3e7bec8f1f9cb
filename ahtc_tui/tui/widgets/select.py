"""A drop-down over a fixed list of words."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Select


def build_select(options: Iterable[tuple[str, str]], value: str | None, *, blank: bool = True) -> Select[str]:
    """A drop-down of (label, value); with `blank` nothing may be chosen."""
    select_options = [(Content(label), option_value) for label, option_value in options]
    if value is None:
        return Select(select_options, allow_blank=blank, prompt="–", compact=True)
    return Select(select_options, value=value, allow_blank=blank, prompt="–", compact=True)
