"""The help page: the active keys of the current screen, with remapped keys as they are in force."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, zip_longest
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ahtc_tui.domain.actions.model import BLOCKED_SIGN, BLOCKING_SIGN
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.filters.terms import describe_terms
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.replication.conflict_marks import CONFLICT_LETTER
from ahtc_tui.tui.keys import GROUPS
from ahtc_tui.tui.shell.screen_commands import ScreenCommand, list_screen_commands, score_text
from ahtc_tui.tui.widgets.confirm import Dialog, show_toast
from ahtc_tui.tui.widgets.plain import Plain, fit_cell
from ahtc_tui.tui.widgets.select import ChangingOptions

PAGE_WIDTH = 76
FRAME_WIDTH = 6
"""Cells of border, padding and scrollbar."""
KEYS_WIDTH = 16
TERMS_WIDTH = 24
FRAME_LINES = 4
"""Lines of padding, of the typed text and of the gap below it."""
FILTER = "desk.filter"
"""Command that a term of the filter runs."""
SIGNS = (
    (BLOCKED_SIGN, gettext_noop("the action waits for another one")),
    (BLOCKING_SIGN, gettext_noop("another action waits for this one")),
    ("*", gettext_noop("the row is marked")),
    (CONFLICT_LETTER, gettext_noop("a value waits for a decision")),
    ("B R A G", gettext_noop("the rating (blue is complete, red is off track, amber, green; – is not rated)")),
)
"""Signs of the list of actions, and what they mean."""


class KeysScreen(Dialog[ScreenCommand | None]):
    """The help page: typed letters search it, enter dismisses with the selected command."""

    DEFAULT_CSS = """
    KeysScreen > Vertical { width: 76; max-width: 100%; max-height: 100%; }
    KeysScreen > Vertical > Plain { width: 100%; height: 1; margin-bottom: 1; color: $foreground-muted; }
    KeysScreen OptionList {
        height: auto; border: none; padding: 0; background: $surface; scrollbar-size-vertical: 1;
    }
    KeysScreen OptionList { scrollbar-color: $foreground 30%; scrollbar-background: $surface; }
    KeysScreen OptionList:focus { background-tint: 0%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "leave", gettext_noop("Close"), id="help.close"),
    ]
    option_list = query_one(OptionList)
    search_line = query_one("#help-search", Plain)

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._filter_noun: FilterNoun | None = getattr(screen, "filter_noun", None)
        self._commands = list_screen_commands(screen)
        self._query = ""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Plain(_("Type to search   enter run the command   esc close"), id="help-search")
            yield ChangingOptions(compact=True, markup=False)

    def on_mount(self) -> None:
        self.option_list.focus()
        self._draw()

    def on_key(self, event: Key) -> None:
        """Search for typed letters; the keys that open the page also close it while nothing is typed."""
        if event.key == "backspace":
            self._search(self._query[:-1])
        elif not self._query and event.key in ("question_mark", "q"):
            self.dismiss(None)
        elif event.character and event.is_printable and not (event.character == " " and not self._query):
            self._search(self._query + event.character)
        else:
            return
        event.stop()

    def _search(self, query: str) -> None:
        self._query = query
        self.search_line.update(f"/ {query}" if query else _("Type to search   enter run the command   esc close"))
        self._draw()

    def _draw(self) -> None:
        """Show the commands that fit the typed text, by group, and the terms of the filter."""
        width = min(PAGE_WIDTH, self.app.size.width) - FRAME_WIDTH
        query = self._query.strip()
        shown = [command for command in self._commands if not query or self._fits(command, query)]
        options: list[Option] = []
        for group, commands in groupby(shown, key=lambda command: command.key_id.split(".")[0]):
            if group in GROUPS:
                options.append(_build_heading(GROUPS[group], is_first=not options))
                options += [_build_option(command, width) for command in commands]
        if self._filter_noun is not None and not query:
            options.append(_build_heading(gettext_noop("Filter syntax")))
            for forms, meaning in describe_terms(self._filter_noun):
                options.append(Option(Content(_format_table([("\n".join(forms), _(meaning))], width, TERMS_WIDTH))))
        if self._filter_noun is FilterNoun.ACTIONS and not query:
            options.append(_build_heading(gettext_noop("Symbols in the list")))
            options += [Option(Content(_format_table([(sign, _(words))], width, KEYS_WIDTH))) for sign, words in SIGNS]
        self.option_list.styles.max_height = max(3, self.app.size.height - FRAME_LINES)
        self.option_list.set_options(options or [Option(_("Nothing matches."), disabled=True)])
        self.option_list.action_first()

    @staticmethod
    def _fits(command: ScreenCommand, query: str) -> bool:
        return query in command.keys or score_text(query, command.message) > 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Dismiss with the command, or show why it cannot be used."""
        event.stop()
        command = next((command for command in self._commands if command.key_id == (event.option_id or FILTER)), None)
        if command is not None and command.reason:
            show_toast(self.app, command.reason, undo=False)
        else:
            self.dismiss(command)

    def action_leave(self) -> None:
        """Clear the typed text, else close."""
        if self._query:
            self._search("")
        else:
            self.dismiss(None)


def _build_heading(words: str, *, is_first: bool = False) -> Option:
    text = _(words)
    return Option(Content.styled(text if is_first else f"\n{text}", "bold"), disabled=True)


def _build_option(command: ScreenCommand, width: int) -> Option:
    """Return the keys and what they do; muted, with the reason, where the command cannot be used."""
    text = _(command.message)
    if command.reason:
        text = f"{text} ({command.reason.rstrip('.')})"
    line = _format_table([(_join_keys(command.keys), text)], width)
    return Option(Content.styled(line, "dim" if command.reason else ""), id=command.key_id)


def _join_keys(keys: tuple[str, ...]) -> str:
    """Return the keys that fit the column, whole; further keys do the same."""
    while len(keys) > 1 and cell_len(" ".join(keys)) > KEYS_WIDTH:
        keys = keys[:-1]
    return " ".join(keys)


def _format_table(lines: Iterable[tuple[str, str]], width: int, keys_width: int = KEYS_WIDTH) -> str:
    """Format keys at the left, on separate lines, and texts at the right, which wrap."""
    wrapped = ((keys.split("\n"), wrap(words, max(width - keys_width - 2, 12))) for keys, words in lines)
    rows = (row for keys, words in wrapped for row in zip_longest(keys, words, fillvalue=""))
    return "\n".join(f"{fit_cell(keys, keys_width)}  {words}".rstrip() for keys, words in rows)
