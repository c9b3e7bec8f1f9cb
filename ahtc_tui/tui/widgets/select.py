"""Drop-downs of labelled options."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Select

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.labelled_enum import LabelledEnum


def translate_options(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return (label, value) pairs with each label of a table in the current language."""
    return [(_(label), value) for label, value in options]


def build_select(options: Iterable[tuple[str, str]], value: str | None, *, blank: bool = True) -> Select[str]:
    """Return a drop-down of (label, value) pairs; `blank` allows an empty choice."""
    select_options = [(Content(label), option_value) for label, option_value in options]
    if value is None:
        return Select(select_options, allow_blank=blank, prompt="–", compact=True)
    return Select(select_options, value=value, allow_blank=blank, prompt="–", compact=True)


def build_enum_select(members: Iterable[LabelledEnum], value: str | None, *, blank: bool = True) -> Select[str]:
    """Return a drop-down of members with their labels in the current language."""
    return build_select([(member.option_label, member.value) for member in members], value, blank=blank)
