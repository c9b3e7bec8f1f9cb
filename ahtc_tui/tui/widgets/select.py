"""Drop-downs of labelled options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.widgets import OptionList, Select

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum


class ChangingOptions(OptionList):
    """Ignores a click on an option that was replaced since it was drawn, on which Textual fails."""

    def _on_click(self, event: Click) -> None:  # type: ignore[override]
        """Stop the click before the list looks for an option that it no longer has."""
        if event.style.meta.get("option", -1) >= self.option_count:
            event.prevent_default()


def translate_options(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return (label, value) pairs with each label of a table in the current language."""
    return [(_(label), value) for label, value in options]


class ChoiceField(Select[str], inherit_bindings=False):
    """A drop-down that enter or space opens, and a letter sets: the arrows go to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "show_overlay", gettext_noop("Choose"), show=False, id="choice.open")
    ]

    def on_key(self, event: Key) -> None:
        """Take the next option that begins with a letter; no letter is a command of the form here."""
        letter = (event.character or "").casefold()
        if self.expanded or not letter.isalpha():
            return
        event.stop()
        values = [value for label, value in self._options if str(label).casefold().startswith(letter)]
        if values:
            self.value = values[(values.index(self.value) + 1) % len(values) if self.value in values else 0]


def build_select(options: Iterable[tuple[str, str]], value: str | None, *, blank: bool = True) -> Select[str]:
    """Return a drop-down of (label, value) pairs; `blank` allows an empty choice."""
    select_options = [(Content(label), option_value) for label, option_value in options]
    if value is None:
        return ChoiceField(select_options, allow_blank=blank, prompt="–", compact=True)
    return ChoiceField(select_options, value=value, allow_blank=blank, prompt="–", compact=True)


def build_enum_select(members: Iterable[LabelledEnum], value: str | None, *, blank: bool = True) -> Select[str]:
    """Return a drop-down of members with their labels in the current language."""
    return build_select([(member.option_label, member.value) for member in members], value, blank=blank)
