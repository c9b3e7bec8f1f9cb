"""The help page: the active keys of the current screen, with remapped keys as they are in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen

from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.filters.terms import describe_terms
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.tui.keys import BY_ID, GROUPS
from ahtc_tui.tui.widgets.plain import Plain, fit_cell

PAGE_WIDTH = 76
FRAME_WIDTH = 6
"""Cells of border, padding and scrollbar."""
KEYS_WIDTH = 16
TERMS_WIDTH = 24


class KeysScreen(ModalScreen[None]):
    """The help page, a modal screen."""

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
        Binding("escape,question_mark,q,enter,ctrl+g", "dismiss", gettext_noop("Close"), id="help.close")
    ]

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._filter_noun: FilterNoun | None = getattr(screen, "filter_noun", None)
        self._lines = {group: list(_list_keys(screen, group)) for group in GROUPS}

    def compose(self) -> ComposeResult:
        width = min(PAGE_WIDTH, self.app.size.width) - FRAME_WIDTH
        with VerticalScroll():
            for group, words in GROUPS.items():
                if self._lines[group]:
                    yield Plain(_(words), classes="heading")
                    yield Plain(_format_table(self._lines[group], width))
            if self._filter_noun is not None:
                yield Plain(_("Filter syntax"), classes="heading")
                terms = [("\n".join(forms), _(meaning)) for forms, meaning in describe_terms(self._filter_noun)]
                yield Plain(_format_table(terms, width, TERMS_WIDTH))
            yield Plain(_("esc closes"), classes="heading")


def _format_table(lines: Iterable[tuple[str, str]], width: int, keys_width: int = KEYS_WIDTH) -> str:
    """Format keys at the left, on lines of their own, and texts at the right, which wrap."""
    wrapped = ((keys.split("\n"), wrap(words, max(width - keys_width - 2, 12))) for keys, words in lines)
    rows = (row for keys, words in wrapped for row in zip_longest(keys, words, fillvalue=""))
    return "\n".join(f"{fit_cell(keys, keys_width)}  {words}".rstrip() for keys, words in rows)


def _list_keys(screen: Screen[object], group: str) -> Iterator[tuple[str, str]]:
    """Yield the keys in force of one group, with their help texts."""
    keys_by_id: dict[str, list[str]] = {}
    help_by_id: dict[str, str] = {}
    for _node, binding, enabled, _tooltip in screen.active_bindings.values():
        key_id = binding.id or ""
        if enabled and key_id.split(".")[0] == group:
            keys_by_id.setdefault(key_id, []).append(screen.app.get_key_display(binding))
            text = BY_ID[key_id].help if key_id in BY_ID else binding.tooltip or binding.description
            help_by_id[key_id] = _(text)
    for key_id, keys in keys_by_id.items():
        yield " ".join(dict.fromkeys(keys)), help_by_id[key_id]
