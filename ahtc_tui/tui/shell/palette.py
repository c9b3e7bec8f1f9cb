"""The command palette with its providers, and the menu of the commands of a screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.record_names import format_record_kind
from ahtc_tui.tui.base.disabled_keys import explain_key
from ahtc_tui.tui.keys.key import MENU, MENU_KEYS
from ahtc_tui.tui.shell.applied_settings import LANGUAGE_NAMES, find_other_language, start_language_switch
from ahtc_tui.tui.shell.screen_commands import ScreenCommand, list_mode_commands, list_screen_commands, score_text
from ahtc_tui.tui.widgets.confirm import Dialog, errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.plain import Plain, join_lines, wrap_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ahtc_tui.domain.text.search_hit import SearchHit
    from ahtc_tui.tui.base.desk_screen import DeskApp


class CommandMenu(Dialog[ScreenCommand | None]):
    """Dismisses with the command of a letter or of the selected line, or with None."""

    DEFAULT_CSS = """
    CommandMenu {
        & > Vertical { max-height: 100%; }
        & OptionList { height: auto; max-height: 100%; border: none; padding: 0; background: $surface; }
        & OptionList:focus { background-tint: 0%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"escape,ctrl+g,{MENU_KEYS[1]}", "leave", gettext_noop("Leave"), id="menu.leave")
    ]
    option_list = query_one(OptionList)

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._screen_below = screen
        self._letters = {key: command for command in list_screen_commands(screen) if (key := command.menu_key)}

    def compose(self) -> ComposeResult:
        shown = [command for command in self._letters.values() if not command.is_everywhere]
        width = max((len(command.letter) for command in shown), default=0) + 2
        with Vertical():
            room = self.panel_width(self.app.size.width)
            options = (_build_option(command, width, room) for command in shown)
            yield OptionList(*options, compact=True, markup=False)
            yield Plain(_("Press a letter, or enter on a line   esc leave"), classes="keys")

    def on_mount(self) -> None:
        self.option_list.focus()

    def on_key(self, event: Key) -> None:
        """Run the command of a letter, or show why the screen has none now."""
        command = self._letters.get(MENU + event.key)
        if command is not None:
            event.stop()
            self._choose(command)
        elif reason := explain_key(self._screen_below, MENU + event.key):
            show_toast(self.app, reason, undo=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose(next(command for command in self._letters.values() if command.key_id == event.option_id))

    def _choose(self, command: ScreenCommand) -> None:
        """Dismiss with a command, or show why it cannot be used."""
        if command.reason:
            show_toast(self.app, command.reason, undo=False)
        else:
            self.dismiss(command)

    def action_leave(self) -> None:
        """Close the menu."""
        self.dismiss(None)


def _build_option(command: ScreenCommand, width: int, total: int) -> Option:
    """Return the line of a command in `total` cells; its text continues below where it begins, after `width` cells."""
    text = _(command.message)
    if command.reason:
        text = f"{text} ({command.reason.rstrip('.')})"
    lines = wrap_text(text, total - width)
    line = Content.assemble((command.letter.ljust(width), "$text-accent"), ("\n" + " " * width).join(lines))
    return Option(line.stylize("dim") if command.reason else line, id=command.key_id)


KEYS_WIDTH = 10
"""Cells of the keys before the text of a command."""
OFFICE_BONUS, ELSEWHERE_LOSS = 0.5, 0.25
"""Added to the score of a command of the office, and subtracted from that of a command of another mode."""


class Palette(DismissOnce, CommandPalette):
    """The command palette of Textual, closed only once by a double click outside it."""

    def on_mount(self) -> None:
        """Take the colours of another theme: Textual leaves out the palette where it is on top."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.app.stylesheet.update(self))


class OfficeCommands(Provider):
    """Commands of the office, of the screen below and of the other modes."""

    def _list_commands(self) -> list[tuple[str, str, Callable[[], Any]]]:
        app = cast("DeskApp", self.app)
        return [
            (_("Import files"), _("Returns, logs, calendars, answers, contacts"), partial(app.action_page, "import")),
            (_("Reports"), _("Returns, chasers, logs and registers as files"), lambda: self._show_mode("reports")),
            (_("Back up"), _("Create a full, checked copy of the database"), partial(self._send_report, "backup")),
            (_("Backups"), _("List the backups, and restore one"), partial(app.action_page, "backups")),
            (_("Export everything"), _("Every record as one archive"), partial(self._send_report, "everything")),
            (_("Decisions"), _("The decision register"), partial(app.action_page, "decisions")),
            (_("Promises"), _("What was promised, and what became of it"), partial(app.action_page, "promises")),
            (_("Commissions"), _("Commissioned papers, question by question"), app.action_commissions),
            (_("Text to translate"), _("Text waiting for Welsh"), partial(app.action_page, "welsh")),
            (_("Conflicts"), _("Conflicting edits to resolve"), partial(app.action_page, "conflicts")),
            (
                _("Sync"),
                _("The office hub: last sync, what came in, what waits to be sent"),
                partial(app.action_page, "sync"),
            ),
            (_("Tour"), _("ahtc in six steps"), app.action_tour),
            (_("Keys"), _("Show the keys on this screen"), app.action_show_keys),
            (
                _("Language: {name}").format(name=LANGUAGE_NAMES[find_other_language()]),
                " / ".join(LANGUAGE_NAMES.values()),
                partial(start_language_switch, app),
            ),
            (_("Theme"), _("Other colours"), app.search_themes),
            (_("Settings"), _("Show and change the settings of the workspace"), app.action_settings),
            (_("Lock"), _("Lock the screen until the passphrase is typed"), app.action_lock),
            (_("Quit"), _("Quit, with a question if unsaved text would be lost"), app.action_quit),
        ]

    def _show_mode(self, mode: str) -> None:
        self.app.switch_mode(mode)

    def _send_report(self, kind: str) -> None:
        """Write a file in the mode Reports, which shows the result."""
        app = cast("DeskApp", self.app)
        app.switch_mode("reports")
        app.call_after_refresh(app.send_report, kind)

    def _list_screen_commands(self) -> list[ScreenCommand]:
        """Return the commands of the screen below, then those of the other modes, which that screen must not hold."""
        commands = [
            command
            for command in list_screen_commands(self.screen)
            if not command.reason and command.key_id != "desk.palette" and not command.moves_cursor
        ]
        noun = getattr(self.screen, "noun", None)
        is_list = noun is not None and len(self.app.screen_stack) == 2 and not isinstance(self.screen.focused, Input)
        return [*commands, *list_mode_commands(cast("DeskApp", self.app), noun)] if is_list and noun else commands

    async def discover(self) -> Hits:
        """Yield all commands, those of the screen first."""
        commands = self._list_screen_commands()
        for command in commands:
            if not command.is_elsewhere:
                yield DiscoveryHit(_format_command(command), command.run, text=_(command.message))
        for name, words, run in self._list_commands():
            yield DiscoveryHit(" " * (KEYS_WIDTH + 2) + name, run, text=name, help=words)
        for command in commands:
            if command.is_elsewhere:
                yield DiscoveryHit(_format_command(command), command.run, text=_(command.message))

    async def search(self, query: str) -> Hits:
        """Yield the commands that a text fits, in either language; mistyped ones come after the records."""
        for name, words, run in self._list_commands():
            if score := score_text(query, name, words):
                yield Hit(score + OFFICE_BONUS, Content(" " * (KEYS_WIDTH + 2) + name), run, text=name, help=words)
        for command in self._list_screen_commands():
            if score := score_text(query, command.message):
                yield Hit(score - command.is_elsewhere * ELSEWHERE_LOSS, _format_command(command), command.run)


def _format_command(command: ScreenCommand) -> Content:
    """Return the first keys of a command in a column, and what it does."""
    keys = " ".join(command.keys)[:KEYS_WIDTH]
    return Content.assemble((keys.ljust(KEYS_WIDTH + 2), "dim not bold"), _(command.message))


class RecordFinder(Provider):
    """Records found by the full-text index."""

    async def search(self, query: str) -> Hits:
        """Yield the twelve best matches."""
        from ahtc_tui.services.search import search_records

        app = cast("DeskApp", self.app)
        hits: list[SearchHit] = []
        with errors_as_toasts(app):
            hits = await app.desk.show(search_records, query, 12)
        for index, hit in enumerate(hits):
            kind = format_record_kind(hit.kind)
            label = Content.assemble(join_lines(hit.title), (f"   {kind}", "dim not bold"))
            if hit.ref != hit.ref.lower():  # generated references are lower case and not shown
                label = Content.assemble(f"{join_lines(hit.ref)}  ", label)
            yield Hit(
                1 - index / 100, label, partial(app.show_record, hit.kind, hit.ref), text=f"{hit.ref} {hit.title}"
            )
