"""The keys of the screen that is open, from its live bindings: what was remapped shows as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.keys import BY_ID, GROUPS
from ahtc_tui.tui.widgets.plain import Plain, cell

FILTERS = (
    (_("words"), _("every word must be there; the last may be a beginning")),
    ("@jeff", _("the lead; a person's posts count as well")),
    ("#gwent", _("the group")),
    ("!late", _("also !open !closed !all !continuing !planned !red !amber !green")),
    ("due<30 nov", _("due before a day; due>fri after it")),
)

PAGE_WIDTH = 76
FRAME = 6
"""Cells of border, padding and scrollbar."""
KEYS_WIDTH = 14


class KeysScreen(ModalScreen[None]):
    """One page of keys over the screen."""

    DEFAULT_CSS = """
    KeysScreen { align: center middle; background: $background 60%; }
    KeysScreen > VerticalScroll {
        width: 76; max-width: 100%; height: auto; max-height: 100%; background: $surface; padding: 1 2;
        border-left: outer $accent;
    }
    KeysScreen > VerticalScroll { scrollbar-size-vertical: 1; scrollbar-color: $foreground 30%; }
    KeysScreen > VerticalScroll { scrollbar-background: $surface; scrollbar-background-hover: $surface; }
    KeysScreen Plain { width: auto; }
    KeysScreen .heading { text-style: bold; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter,ctrl+g", "dismiss", _("Close"), id="help.close"),
    ]

    def __init__(self, asked_on: Screen[object]) -> None:
        super().__init__()
        self._lines = {group: list(_keys_of(asked_on, group)) for group in GROUPS}

    def compose(self) -> ComposeResult:
        """Each group of keys, then the words of the filter."""
        room = min(PAGE_WIDTH, self.app.size.width) - FRAME
        with VerticalScroll():
            for group, words in GROUPS.items():
                if self._lines[group]:
                    yield Plain(_(words), classes="heading")
                    yield Plain(_table(self._lines[group], room))
            if self._lines["filter"] or self._lines["action"]:
                yield Plain(_("What a filter may say"), classes="heading")
                yield Plain(_table(FILTERS, room))
            yield Plain(_("esc closes"), classes="heading")


def _table(lines: Iterable[tuple[str, str]], room: int) -> str:
    """Keys at the left, words at the right; what is long goes on under its words."""
    indent = "\n" + " " * (KEYS_WIDTH + 2)
    wrapped = ((keys, wrap(words, max(room - KEYS_WIDTH - 2, 12))) for keys, words in lines)
    return "\n".join(f"{cell(keys, KEYS_WIDTH)}  {indent.join(words)}" for keys, words in wrapped)


def _keys_of(screen: Screen[object], group: str) -> Iterator[tuple[str, str]]:
    """The lines of one group: the keys in force, and what they do."""
    shown: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for _node, binding, enabled, _tooltip in screen.active_bindings.values():
        name = binding.id or ""
        if enabled and name.split(".")[0] == group:
            shown.setdefault(name, []).append(screen.app.get_key_display(binding))
            words[name] = _(BY_ID[name].help) if name in BY_ID else binding.tooltip or binding.description
    for name, keys in shown.items():
        yield " ".join(dict.fromkeys(keys)), words[name]
