"""Base classes of the app and of the screens of its modes: reloading after writes, the keys common to all modes,
and the place of the terminal's cursor, where screen readers and magnifiers look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from weakref import WeakSet

from textual import work
from textual._compositor import Compositor
from textual.command import CommandList
from textual.dom import DOMNode, NoScreen
from textual.events import DescendantFocus
from textual.geometry import Region
from textual.getters import app, query_one
from textual.reactive import Reactive
from textual.screen import Screen
from textual.signal import Signal
from textual.strip import Strip
from textual.widget import AwaitMount, Widget
from textual.widgets import Input, OptionList

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.domain.text.links import find_links
from ahtc_tui.services.exports.screen_copies import CopyFormat, format_copied, format_rows, read_cell
from ahtc_tui.services.settings.screen_state import ListPlaces
from ahtc_tui.tui.base.background_sync import BackgroundSync
from ahtc_tui.tui.base.disabled_keys import RowActions, explain_key, explain_moved
from ahtc_tui.tui.base.field_keys import DocumentFormatApp
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.base.unsaved_work import LossQuestion, list_unsaved_work
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Card
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain, join_lines
from ahtc_tui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from ahtc_tui.services.new_names import NamedRecord
    from ahtc_tui.tui.base.message_app import MessageApp

BLOCKING_GROUPS = frozenset(("write", "form", "table", "over", "matrix", "begin"))
"""Worker groups that hold back further keys: they write, or read what a screen needs before it opens."""

FORM_GROUPS = frozenset(("form-save", "form-new", "form-leave"))
"""Worker groups of a form that hold back further keys while the form is on top."""

PAGE_KEYS = ("pageup", "pagedown")
QUIT_HABIT = "ctrl+c"
"""Key that quits many other programs."""


class CardPlace(StrEnum):
    """Where the detail pane is on a wide screen.

    A screen of medium width has it below the list instead of beside it, a narrow one below the list or not at all.
    """

    BESIDE = "beside"
    WIDE = "wide"
    BELOW = "below"
    HIDDEN = "hidden"


class DeskApp(DocumentFormatApp):
    """The interface of the app that screens use. It keeps them independent of the modules of the modes."""

    changed: Signal[None]
    """Published after every write. Screens of inactive modes receive it too."""
    background_sync: BackgroundSync
    conflicts_changed: Signal[None]
    """Published after other records have values that wait for a decision."""
    conflict_marks = ConflictMarks()
    """The records with values that wait for a decision."""
    banner_text: str = ""
    """The line above every screen while another screen has the workspace open."""
    card_place: CardPlace = CardPlace.BESIDE
    """Where the lists show the card of the selected record."""
    screen_state: Mapping[str, str] = {}
    """How the screens were left, by the names of `remember_screen_state`."""
    places_at_start = ListPlaces()
    """How the lists were left before this start."""
    list_places: dict[str, tuple[str, str]]
    """Filter and reference of the selected record, by list."""
    unsaved_texts: dict[str, dict[str, Any]]
    """Values typed when the last screen ended, by the key of their screen. Each comes back once."""
    restored_texts: dict[str, dict[str, Any]]
    """The values that came back since this start."""
    texts_at_start: Mapping[str, Mapping[str, Any]] = {}
    """The stored ones before this start."""

    def __init__(self) -> None:
        super().__init__()
        self.list_places = {}
        self.unsaved_texts = {}
        self.restored_texts = {}
        self._focused_screens: WeakSet[Screen[Any]] = WeakSet()
        """Screens of which a widget has had the focus."""

    @property
    def is_busy(self) -> bool:
        """Whether a worker is writing, opening a form or replacing the rows that the next key would act on."""
        if self._awaits_focus(self.screen):
            return True
        running = [worker for worker in self.workers if not worker.is_finished]
        if self.screen.is_modal:  # its opener waits for the answer; only its own work counts
            return any(worker.group in FORM_GROUPS and worker.node is self.screen for worker in running)
        blocking = BLOCKING_GROUPS if isinstance(self.focused, Input) else BLOCKING_GROUPS | {"load"}
        if any(worker.group in blocking for worker in running):
            return True
        return isinstance(self.focused, RecordList) and self.focused.is_settling

    def _awaits_focus(self, screen: Screen[Any]) -> bool:
        """Return whether the first focus of a screen is due; later it would move focus away from what a key opens."""
        expects_focus = isinstance(screen, DeskScreen) or screen.focused is not None
        return expects_focus and screen not in self._focused_screens

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Run the action of a key; show why a key that is bound does nothing."""
        screen = self.screen
        if key in PAGE_KEYS and not all(options.scrollable_content_region for options in _list_options(screen)):
            return True  # Textual fails on a page of options that are not laid out yet
        if not priority and self._answers_with(key):
            is_handled = await self._run_screen_binding(key)
        else:
            is_handled = await super()._check_bindings(key, priority)
        if is_handled or priority or screen is not self.screen or not is_open(screen):
            return is_handled
        if key == QUIT_HABIT:  # a form has no bindings of the app
            self.action_help_quit()
        elif reason := explain_key(screen, key) or explain_moved(screen, key):
            show_toast(self, reason, undo=False)
        return is_handled

    def _answers_with(self, key: str) -> bool:
        """Return whether a digit is an answer on the screen, which then never opens a mode instead."""
        screen = self.screen
        if not key.isdecimal() or (isinstance(screen, RowActions) and screen.has_no_row):
            return False
        return any(
            key in bindings.key_to_bindings for node, bindings in screen._modal_binding_chain if node is not self
        )

    async def _run_screen_binding(self, key: str) -> bool:
        """Run the action of a key in the screen or its widgets, without those of the app."""
        for node, bindings in self.screen._modal_binding_chain:
            for binding in bindings.key_to_bindings.get(key, ()) if node is not self else ():
                if await self.run_action(binding.action, node):
                    return True
        return False

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Note that a widget of the screen has had the focus."""
        with suppress(NoScreen):  # the widget was removed meanwhile
            self._focused_screens.add(event.widget.screen)

    async def add_named_record(self, kind: str, name: str) -> NamedRecord | None:
        """Add the record that a form names and that does not exist yet; None if that was given up.

        Raises BadInput, Refused.
        """
        from ahtc_tui.services.new_names import add_named

        record = await self.desk.run(add_named, kind, name)
        self.announce_write(_("{name} added").format(name=record.name))
        return record

    def switch_mode(self, mode: str) -> AwaitMount:
        """Show another mode; messages about the one before are no longer shown."""
        if mode != self.current_mode:
            self.clear_notifications()
        return super().switch_mode(mode)

    def announce_write(self, *sentences: str) -> None:
        """Show a toast and publish `changed`."""
        show_toast(self, ". ".join(sentences))
        self.changed.publish(None)

    def list_links(self) -> list[str]:
        """Return the links on the card of the screen."""
        return [link for card in self.screen.query(Card) for link in find_links(card.source_text)]

    def leave_screen(self, screen: Screen[Any]) -> None:
        """Dismiss a screen, after a question if something typed there would be lost."""
        if items := list_unsaved_work([screen]):
            question = LossQuestion(_("Leave? You would lose:"), items, yes=_("leave"), no=_("stay"))
            self.push_screen(question, lambda agreed: self._dismiss_if(screen, agreed))
        else:
            screen.dismiss(None)

    def _dismiss_if(self, screen: Screen[Any], agreed: bool | None) -> None:
        if agreed:
            screen.dismiss(None)

    def place_card(self, place: str) -> None:
        """Show the detail panes of all modes in this place; beside the list where it is unknown."""
        self.card_place = CardPlace(place) if place in set(CardPlace) else CardPlace.BESIDE
        for other in CardPlace:
            self.set_class(other is self.card_place, f"-card-{other}")

    def announce_file(self, path: Path, *details: str, undo: bool = False) -> None:
        """Show a toast that names a file or folder written, with details such as its number of pages."""
        show_toast(self, self.format_saved(path, *details), undo=undo)

    def format_saved(self, path: Path, *details: str) -> str:
        """Return the words about a file or folder written; empty details are left out."""
        return "   ".join(filter(None, (_("Saved: {path}").format(path=self.desk.shorten_path(path)), *details)))

    async def open_form(self, form: Screen[Any], sentence: str) -> None:
        """Open a form; if it was saved, announce the write with this sentence."""
        if await self.push_screen_wait(form) is not None:
            self.announce_write(sentence)

    def show_record(self, kind: str, ref: str) -> None:
        """Switch to the mode of a kind of record ("action", "meeting") and select the record there."""
        raise NotImplementedError

    def open_record(self, kind: str, ref: str) -> None:
        """Open a record over the screen; going back returns to it."""
        raise NotImplementedError

    async def run_on_record(self, command: str, kind: str, ref: str) -> None:
        """Run a command of its mode on a record."""
        raise NotImplementedError

    def open_minutes(self, ref: str) -> None:
        """Open the live minutes of a meeting."""
        raise NotImplementedError

    def open_publication(self, document: str, ref: str) -> None:
        """Open the release list of a document that leaves the office."""
        raise NotImplementedError

    def open_answers(self, ref: str) -> None:
        """Open the answers of the members to the minutes of a meeting."""
        raise NotImplementedError

    def action_page(self, name: str) -> None:
        """Open a page over the screen, such as the backups, unless it is open."""
        raise NotImplementedError

    def action_settings(self) -> None:
        """Open the form of the settings."""
        raise NotImplementedError

    def action_tour(self) -> None:
        """Show the six steps of the tour."""
        raise NotImplementedError

    def action_commissions(self, ref: str = "", opens_form: bool = False) -> None:
        """Open the list of commissions, by choice with the form of a new one, or the commission with this reference."""
        raise NotImplementedError

    @staticmethod
    def find_setting_faults(keymap: Mapping[str, str], theme: str) -> list[str]:
        """Return a sentence for each key and theme that does not exist."""
        raise NotImplementedError

    def apply_settings(self) -> None:
        """Show the theme and the language that `ahtc.toml` sets."""
        raise NotImplementedError

    def action_lock(self) -> None:
        """Cover the screen."""
        raise NotImplementedError

    @property
    def open_screens(self) -> list[Screen[Any]]:
        """The screens of all modes, with the forms and pages over them."""
        return [screen for stack in self._screen_stacks.values() for screen in stack]

    def list_unsaved_work(self) -> list[str]:
        """Return what would be lost in all modes if the app closed."""
        raise NotImplementedError

    def restore_and_reopen(self, file: Path) -> None:
        """Close the app to restore a backup; it opens again on the restored database."""
        raise NotImplementedError

    def action_show_keys(self) -> None:
        """Open the help page."""
        raise NotImplementedError

    def send_report(self, kind: str) -> None:
        """Write a file of the mode Reports, if that mode is on top."""
        raise NotImplementedError


class Banner(Plain):
    """The line about another open screen."""

    DEFAULT_CSS = """
    Banner { dock: top; width: 100%; height: auto; padding: 0 1; background: $warning-muted; color: $text-warning; }
    """


class DeskScreen(DismissOnce, Screen[None]):
    """Base of the mode screens: a list that is reloaded after every write, and the keys common to all modes."""

    BINDINGS = build_bindings("desk.copy", "desk.copy-rows", "desk.undo", "desk.redo", "desk.help", "desk.quit")
    AUTO_FOCUS = "RecordList"

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Replaces Textual's reactive, which draws the whole screen at every change of focus."""

    noun: ClassVar[str]

    app = app(DeskApp)
    list_pane = query_one(RecordList)

    def __init__(self) -> None:
        super().__init__()
        self._compositor = LineCompositor()

    @property
    def has_widgets(self) -> bool:
        """Whether the list and the other widgets exist: not before mounting, and not while the screen is closed."""
        return is_open(self)

    @property
    def desk(self) -> Desk:
        """The threads that run services."""
        return self.app.desk

    def on_mount(self) -> None:
        self.app.changed.subscribe(self, lambda _signal: self.reload())
        self.app.conflicts_changed.subscribe(self, lambda _signal: self.show_conflicts())
        self.show_conflicts()
        self.reload()
        self.show_banner()

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return the columns of the list."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Show labels and rows in the language now in force; cursor, filter, marks and focus stay as they are."""
        for mode_bar in self.query(ModeBar):
            mode_bar.draw()
        self.list_pane.set_columns(self.build_columns())
        self.refresh_bindings()
        self.reload()

    def show_banner(self) -> None:
        """Show or remove the line about another open screen."""
        for banner in self.query(Banner):
            banner.remove()
        if self.app.banner_text:
            self.mount(Banner(self.app.banner_text), before=0)

    def show_conflicts(self) -> None:
        """Mark the rows with values that wait for a decision."""
        marks = self.app.conflict_marks
        for pane in self.query(RecordList):
            pane.show_disputed(lambda row: self.ref_of(row) in marks)

    def on_screen_resume(self) -> None:
        """Reload, because another process may have written. Lists that were never filled are not reloaded."""
        if any(pane.total for pane in self.query(RecordList)):
            self.reload()

    def reload(self) -> Any:
        """Read the list again and keep the cursor on its record."""
        raise NotImplementedError

    def ref_of(self, row: Any) -> str:
        """Return the reference that the copy key puts on the clipboard."""
        return str(getattr(row, "ref", ""))

    def action_copy_ref(self) -> None:
        """Copy the reference of the selected row to the clipboard."""
        if self.list_pane.highlighted is not None:
            ref = self.ref_of(self.list_pane.highlighted)
            self.app.copy_to_clipboard(ref)
            show_toast(self.app, _("{ref} copied").format(ref=ref), undo=False)

    @work(group="form")
    async def action_copy_rows(self) -> None:
        """Copy a cell, the row, or the marked rows or the whole list."""
        with errors_as_toasts(self.app):
            copy = await choose_copy(self.app, self.list_pane, self.ref_of)
            if copy is not None:
                self.app.copy_to_clipboard(copy.text)
                show_toast(self.app, copy.message, undo=False)

    def select_record(self, ref: str) -> None:
        """Select the record with this reference. Does nothing in modes without records."""

    def action_find_record(self) -> None:
        """Open the command palette, which also finds records."""
        self.app.action_command_palette()


def is_open(node: DOMNode) -> bool:
    """Return whether a screen or widget has its children: not before it is mounted, and not while it is removed."""
    return node.is_attached and (not isinstance(node, Widget) or (node.is_mounted and node.display))


def _list_options(screen: Screen[Any]) -> Iterable[OptionList]:
    """Return the options in which the page keys move: those with the focus, or those of the palette."""
    return [screen.focused] if isinstance(screen.focused, OptionList) else screen.query(CommandList)


class LineCompositor(Compositor):
    """A compositor that renders no line above or below an update."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Yield region, visible part and lines of that part for each widget within the lines of `crop`."""
        screen = self.size.region
        lines = screen if crop is None else Region(0, crop.y, screen.width, crop.height)
        for widget, (region, clip) in self.visible_widgets.items():
            if visible := region.intersection(clip).intersection(lines):
                yield region, visible, widget.render_lines(visible.translate(-region.offset))


ROW, LIST = "row", "list"


class Copy(NamedTuple):
    """A text for the clipboard and the message about it."""

    text: str
    message: str


async def choose_copy(app: MessageApp, pane: RecordList[Any], ref_of: Callable[[Any], str]) -> Copy | None:
    """Ask what is copied and return it; None where nothing is. Raises Refused for rows marked above OFFICIAL."""
    if (row := pane.highlighted) is None:
        return None
    columns = [column for column in pane.list_shown_columns() if column.title]
    cells = [column.render(row).strip() for column in columns]
    options = [(str(number), cell) for number, cell in enumerate(cells)]
    labels = {str(number): _(column.title) for number, column in enumerate(columns)}
    for scope, label in ((ROW, _("This row")), (LIST, _("Marked rows") if pane.marked else _("The whole list"))):
        options += [(f"{scope} {copy_format}", copy_format.label) for copy_format in CopyFormat]
        labels |= {f"{scope} {copy_format}": label for copy_format in CopyFormat}
    answer = await app.push_screen_wait(Pick(_("Copy"), options, labels=labels))
    if answer is None:
        return None
    if answer.isdigit():
        text = await app.desk.run(read_cell, ref_of(row), cells[int(answer)])
        return Copy(text, _("{text} copied").format(text=text))
    scope, _space, name = answer.partition(" ")
    rows = [row] if scope == ROW else await pane.read_marked_rows()
    table = [(ref_of(row), [join_lines(column.render(row)).strip() for column in columns]) for row in rows]
    titles = [_(column.title) for column in columns]
    text, left_out = await app.desk.run(format_rows, CopyFormat(name), titles, table)
    return Copy(text, format_copied(len(rows) - left_out, left_out))
